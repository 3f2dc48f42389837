package io.iotdbmigrate.mysql.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinlogStatementTest {
    private static final List<TableId> TABLES = List.of(new TableId("plant", "Read ing"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            plant | ALTER TABLE `Read ing` DROP PARTITION a, b | PARTITION_DROPPED
            other | alter table plant.`read ing` truncate partition all /* xid=1 */ | PARTITION_DROPPED
            plant | /* c */ ALTER TABLE `Read ing` /*!50100 DROP PARTITION a */ | PARTITION_DROPPED
            plant | ALTER TABLE side EXCHANGE PARTITION p WITH TABLE `Read ing` | PARTITION_EXCHANGED
            plant | ALTER TABLE `Read ing` IMPORT TABLESPACE | FILE_REPLACED
            plant | ALTER TABLE `Read ing` ENGINE = BLACKHOLE | EMPTIED
            plant | UPDATE t SET a = 1 | LOGGED_AS_STATEMENT
            other | replace into `plant`.`x` VALUES (1) | LOGGED_AS_STATEMENT
            other | DROP DATABASE IF EXISTS plant | EMPTIED
            plant | CREATE OR REPLACE TABLE `Read ing` (a INT) | EMPTIED
            other | CREATE OR REPLACE TABLE plant.`read ing` (a INT) | EMPTIED
            plant | ALTER IGNORE TABLE `Read ing` ADD UNIQUE (a) | DUPLICATES_DELETED
            plant | ALTER ONLINE IGNORE TABLE IF EXISTS `Read ing` WAIT 5 ADD UNIQUE (a) | DUPLICATES_DELETED
            plant | SET STATEMENT max_statement_time = 1 FOR ALTER TABLE `Read ing` DROP PARTITION a | PARTITION_DROPPED
            plant | ALTER ONLINE TABLE IF EXISTS `Read ing` NOWAIT DROP PARTITION IF EXISTS a | PARTITION_DROPPED
            plant | ALTER TABLE `Read ing` CONVERT PARTITION p TO TABLE side | PARTITION_EXCHANGED
            plant | ALTER TABLE `Read ing` CONVERT TABLE side TO PARTITION p VALUES LESS THAN (1) | PARTITION_EXCHANGED
            plant | ALTER TABLE `Read ing` ADD SYSTEM VERSIONING | VERSIONED
            plant | ALTER TABLE `Read ing` ADD c VARCHAR(9) /*M!100301 COMPRESSED*/ | COMPRESSED
            plant | ALTER TABLE `Read ing` MODIFY c TEXT COMPRESSED | COMPRESSED
            """)
    void changesRowsWithoutNamingThem(String database, String sql, String effect) {
        assertThat(BinlogStatement.parse(database, sql).change(TABLES))
                .hasValueSatisfying(c -> assertThat(c.effect()).hasToString(effect));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE `Read ing` ADD PARTITION (PARTITION x VALUES LESS THAN (1))",
                "ALTER TABLE `Read ing` COMMENT 'DROP PARTITION x'",
                "ALTER TABLE `Read ing` ADD COLUMN `drop` INT",
                "ALTER TABLE side DROP PARTITION p",
                "ALTER TABLE `Read ing` ROW_FORMAT = COMPRESSED",
                "ALTER TABLE `Read ing` ADD compressed INT",
                "ALTER IGNORE TABLE side ADD UNIQUE (a)",
                "CREATE TABLE x (a INT)",
                "BEGIN",
            })
    void leavesRowsAlone(String sql) {
        assertThat(BinlogStatement.parse("plant", sql).change(TABLES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ALTER TABLE `Read ing` DROP PARTITION a, `B, c` | [a, b, c]
            alter table plant.`read ing` drop partition if exists A | [a]
            ALTER TABLE `Read ing` TRUNCATE PARTITION p1, p2 /* xid=1 */ | [p1, p2]
            ALTER TABLE `Read ing` TRUNCATE PARTITION ALL | []
            """)
    void namesThePartitionsThatItDrops(String sql, String names) {
        assertThat(BinlogStatement.parse("plant", sql).alteration().partitions())
                .hasToString(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CREATE TABLE x (a INT) | plant.x
                    create table if not exists `other`.`X y` like x | other.X y
                    CREATE OR REPLACE TABLE x (a INT) | plant.x
                    CREATE TEMPORARY TABLE x (a INT) |
                    CREATE VIEW x AS SELECT 1 |
                    RENAME TABLE x TO y |
                    """)
    void createsATable(String sql, String table) {
        assertThat(BinlogStatement.parse("plant", sql).naming().created().map(TableId::toString))
                .isEqualTo(java.util.Optional.ofNullable(table));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    RENAME TABLE x TO y, `a`.`b` TO c.d | [plant.x -> plant.y, a.b -> c.d]
                    RENAME TABLES x TO y, `to` TO x | [plant.x -> plant.y, plant.to -> plant.x]
                    ALTER TABLE x RENAME TO y | [plant.x -> plant.y]
                    ALTER TABLE x RENAME = y | [plant.x -> plant.y]
                    ALTER TABLE a.x ADD COLUMN b INT, RENAME AS z | [a.x -> plant.z]
                    ALTER TABLE x RENAME y | [plant.x -> plant.y]
                    ALTER TABLE x RENAME COLUMN a TO b | []
                    ALTER TABLE x ADD COLUMN a INT | []
                    CREATE TABLE x (a INT) | []
                    """)
    void namesTables(String sql, String names) {
        assertThat(BinlogStatement.parse("plant", sql).naming().renamings())
                .extracting(r -> r.from() + " -> " + r.to())
                .hasToString(names);
    }

    @Test
    void knowsWhatIsAddedIfMissing() {
        assertThat(
                        BinlogStatement.parse(
                                        "plant",
                                        "ALTER TABLE `Read ing` ADD COLUMN IF NOT EXISTS a INT, ADD IF"
                                                + " NOT EXISTS `b` INT, ADD INDEX IF NOT EXISTS c (a)")
                                .alteration()
                                .addedIfMissing(TABLES))
                .extracting(TableAlteration.AddedColumn::column)
                .containsExactly("a", "b");
    }

    @Test
    void anotherDatabaseIsNoConcern() {
        assertThat(BinlogStatement.parse("mysql", "INSERT INTO rds_heartbeat2 VALUES (1)"))
                .satisfies(s -> assertThat(s.concerns(TABLES)).isFalse());
    }

    @Test
    void readsTheIdentifierOfAnXaTransaction() {
        assertThat(BinlogStatement.parse("", "XA COMMIT X'72',X'',1 /* xid=9 */").xa("COMMIT"))
                .contains("X'72',X'',1");
        assertThat(BinlogStatement.parse("", "XA START X'72',X'62',3").xa("START"))
                .contains("X'72',X'62',3");
    }

    @Test
    void knowsWhatOnlyShowsOrHides() {
        assertThat(
                        BinlogStatement.parse(
                                        "",
                                        "ALTER TABLE a.b ALTER c SET VISIBLE, ALTER COLUMN d SET"
                                                + " INVISIBLE")
                                .alteration()
                                .onlyShowsOrHides())
                .isTrue();
        assertThat(
                        BinlogStatement.parse("", "ALTER TABLE b ALTER c SET DEFAULT 1")
                                .alteration()
                                .onlyShowsOrHides())
                .isFalse();
    }

    @Test
    void offsetsBeyond4GiBDoNotGoBackwards() {
        long large = (1L << 32) + 100;
        assertThat(BinlogOffsets.atOrBehind(50, 60)).isEqualTo(60);
        assertThat(BinlogOffsets.atOrBehind((1L << 32) - 10, 20)).isEqualTo((1L << 32) + 20);
        assertThat(BinlogOffsets.atOrBehind(large, 200)).isEqualTo((1L << 32) + 200);
        assertThat(BinlogOffsets.atOrBehind(large + (1L << 32), 200)).isEqualTo((1L << 33) + 200);
    }

    @Test
    void aStatementDefinesTablesOfAKindByAnyNameInIt() {
        for (String sql :
                List.of(
                        "DROP TABLE t, day_1",
                        "DROP TABLE IF EXISTS `plant`.`day_1` /* generated by server */",
                        "RENAME TABLE day_1 TO old",
                        "CREATE TABLE day_1 (id int)")) {
            assertThat(isOfDay(sql)).as(sql).isTrue();
        }
        for (String sql :
                List.of(
                        "DROP TABLE other.day_1",
                        "DROP TEMPORARY TABLE day_1",
                        "INSERT INTO day_1 VALUES (1)",
                        "DROP TABLE t")) {
            assertThat(isOfDay(sql)).as(sql).isFalse();
        }
    }

    private static boolean isOfDay(String sql) {
        return BinlogStatement.parse("plant", sql)
                .defines(t -> t.database().equals("plant") && t.table().startsWith("day_"));
    }
}
