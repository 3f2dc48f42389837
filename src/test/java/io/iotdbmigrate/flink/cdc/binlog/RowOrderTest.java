package io.iotdbmigrate.flink.cdc.binlog;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose device is {@code dev} and whose time is {@code at}. */
class RowOrderTest {
    private static final TableId READING = new TableId("plant", "reading");

    private static final TableMapping UNIQUE =
            new MappingBuilder("root.plant.{dev}", "at")
                    .measurement("a")
                    .plan(
                            TimePrecision.MS,
                            column("dev", "varchar(9)"),
                            column("at", "bigint"),
                            column("a", "int"));

    /** Rows by their number; those of one device and time may be several. */
    private static RowOrder numbered(String... keys) {
        return order(
                new MappingBuilder("root.plant.{dev}", "at")
                        .measurement("a")
                        .plan(
                                TimePrecision.MS,
                                column("id", "varchar(9)"),
                                column("dev", "varchar(9)"),
                                column("at", "bigint"),
                                column("a", "int")),
                false,
                RowOrderTest::asked,
                keys);
    }

    /** Rows that are kept apart by a key, as the job takes it. */
    private static RowOrder unique(String... keys) {
        return order(UNIQUE, true, RowOrderTest::asked, keys);
    }

    private static RowOrder order(
            TableMapping mapping,
            boolean unique,
            Function<TableId, List<TableKey>> server,
            String... keys) {
        List<TableKey> known =
                BinlogStatement.parse(
                                "plant",
                                "CREATE TABLE `reading` (`id` VARCHAR(9) NOT NULL, `dev` VARCHAR(9)"
                                        + " NOT NULL, `at` BIGINT NOT NULL, `a` INT DEFAULT NULL, "
                                        + String.join(", ", keys)
                                        + ", KEY `a` (`a`)) ENGINE=InnoDB COMMENT='PRIMARY KEY'")
                        .definedKeys()
                        .created();
        return new RowOrder(
                List.of(new CdcSpec.Table(mapping, List.of(), unique, false, true, true)),
                Map.of(READING, known),
                server,
                table -> null);
    }

    private static List<TableKey> asked(TableId table) {
        throw new AssertionError("asked for " + table);
    }

    private static void statement(RowOrder order, String sql) {
        order.statement(BinlogStatement.parse("plant", sql), "binlog.000002:157");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ALTER TABLE reading DROP PRIMARY KEY, ADD PRIMARY KEY (a, id) | changes the primary key of plant.reading
            ALTER TABLE plant.reading DROP PRIMARY KEY | changes the primary key
            ALTER TABLE reading DROP INDEX `PRIMARY` | changes the primary key
            DROP INDEX `PRIMARY` ON reading | changes the primary key
            ALTER TABLE reading DROP PRIMARY KEY, ADD COLUMN n INT NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST | changes the primary key
            ALTER TABLE reading DROP PRIMARY KEY, ADD COLUMN (n INT, m SERIAL, CONSTRAINT PRIMARY KEY USING BTREE (m)) | changes the primary key
            ALTER TABLE reading MODIFY id VARCHAR(9) COLLATE utf8mb4_bin | may change the order of column id
            ALTER TABLE reading CONVERT TO CHARACTER SET latin1 | may change the order of column id
            """)
    void stopsWhereRowsOfOnePointAreOrderedOtherwise(String sql, String said) {
        assertThatThrownBy(() -> statement(numbered("PRIMARY KEY (`id`)"), sql))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("at binlog.000002:157 " + said)
                .hasMessageContaining("of its rows at one device and time another may stand")
                .hasMessageContaining("backfill --restart");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE reading ADD UNIQUE KEY u (dev, at)",
                "CREATE UNIQUE INDEX u ON reading (a)",
                "ALTER TABLE reading DROP PRIMARY KEY, ADD CONSTRAINT p PRIMARY KEY (ID)",
                "ALTER TABLE reading MODIFY dev VARCHAR(20), ADD COLUMN n INT COMMENT 'KEY', ADD KEY"
                        + " (n), DROP INDEX a",
                "ALTER TABLE other DROP PRIMARY KEY",
                "ALTER TABLE reading RENAME INDEX a TO b, ALGORITHM = INPLACE"
            })
    void goesOnWhereTheyAreOrderedAsBefore(String sql) {
        assertThatCode(() -> statement(numbered("PRIMARY KEY (`id`)"), sql))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE reading DROP PRIMARY KEY",
                "ALTER TABLE reading DROP PRIMARY KEY, ADD PRIMARY KEY (dev, at, id)",
                "ALTER TABLE reading DROP PRIMARY KEY, ADD UNIQUE (dev, a)",
                "ALTER TABLE reading DROP PRIMARY KEY, ADD UNIQUE (dev(3), at)",
                "ALTER TABLE reading DROP PRIMARY KEY, ADD UNIQUE ((UPPER(dev)), at)",
                "ALTER TABLE reading DROP PRIMARY KEY, ADD UNIQUE KEY (dev, at), MODIFY dev"
                        + " VARCHAR(9) NOT NULL, CHANGE at at BIGINT"
            })
    void stopsWhereRowsMayComeToShareAPoint(String sql) {
        assertThatThrownBy(() -> statement(unique("PRIMARY KEY (`dev`,`at`)"), sql))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("takes away key PRIMARY of plant.reading, without which");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE reading DROP PRIMARY KEY, ADD PRIMARY KEY (at, dev DESC)",
                "ALTER TABLE reading DROP PRIMARY KEY, MODIFY dev INT NOT NULL, MODIFY at BIGINT NOT"
                        + " NULL, ADD UNIQUE INDEX u USING BTREE (dev, at)",
                "ALTER TABLE reading MODIFY at BIGINT, CONVERT TO CHARACTER SET latin1"
            })
    void goesOnWhereAnotherKeyKeepsThemApart(String sql) {
        assertThatCode(() -> statement(unique("PRIMARY KEY (`dev`,`at`)"), sql))
                .doesNotThrowAnyException();
    }

    @Test
    void aUniqueKeyKeepsRowsApartWhileItsColumnsAreNotNull() {
        String key = "UNIQUE KEY `u` (`dev`,`at`)";
        statement(unique(key), "ALTER TABLE reading ADD PRIMARY KEY (id)");
        for (String sql :
                List.of(
                        "DROP INDEX u ON reading",
                        "ALTER TABLE reading DROP CONSTRAINT u",
                        "ALTER TABLE reading RENAME KEY u TO v, DROP INDEX v",
                        "ALTER TABLE reading MODIFY COLUMN dev VARCHAR(9) DEFAULT NULL")) {
            assertThatThrownBy(() -> statement(unique(key), sql))
                    .as(sql)
                    .hasMessageContaining("takes away key u of plant.reading");
        }
    }

    /** The job was planned when the key was there, and reads what stands before it. */
    @Test
    void stopsAtChangesFromBeforeAKeyThatCameLater() {
        RowOrder order = unique("PRIMARY KEY (`id`)");
        assertThatThrownBy(() -> order.changed(READING, "binlog.000002:157"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the rows of plant.reading at binlog.000002:157")
                .hasMessageContaining("which a key prevents that was added later");
        statement(order, "ALTER TABLE reading ADD UNIQUE (dev, at)");
        assertThat(order.news()).isPresent();
        assertThat(order.news()).isEmpty();
        statement(
                order,
                "ALTER TABLE reading MODIFY dev VARCHAR(9) NOT NULL, MODIFY at BIGINT NOT NULL");
        order.changed(READING, "binlog.000002:300");
    }

    /** As dumps do it. */
    @Test
    void aTableThatIsCreatedMayGetItsKeysLater() {
        RowOrder order = numbered("PRIMARY KEY (`id`)");
        statement(order, "CREATE TABLE reading (id VARCHAR(9), dev VARCHAR(9), at BIGINT, a INT)");
        statement(order, "ALTER TABLE reading ADD PRIMARY KEY (id), ADD KEY (dev)");
        assertThat(order.news().orElseThrow().get(READING))
                .containsExactly(new TableKey("PRIMARY", List.of("id"), true));
    }

    @Test
    void anotherTableMayTakeTheNameIfAKeyOfItKeepsRowsApart() {
        String swap = "RENAME TABLE reading TO old, fresh TO reading";
        TableKey key = new TableKey("PRIMARY", List.of("at", "dev"), true);
        statement(replaced(key), swap);
        TableKey other = new TableKey("PRIMARY", List.of("id"), true);
        assertThatThrownBy(() -> statement(replaced(other), swap))
                .hasMessageContaining("takes away key PRIMARY of plant.reading");
    }

    private static RowOrder replaced(TableKey now) {
        return order(UNIQUE, true, table -> List.of(now), "PRIMARY KEY (`dev`,`at`)");
    }
}
