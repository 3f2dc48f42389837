package io.iotdbmigrate.it;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that a replication cannot or must not follow: each ends one. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CdcStopIT {
    /** Each is for a replication of its own, which follows a table {t} and a second one. */
    private static final List<String> STATEMENTS =
            List.of(
                    "TRUNCATE TABLE {t}",
                    "DROP TABLE {t}",
                    "ALTER TABLE {t} MODIFY a BIGINT",
                    "ALTER TABLE {t} DROP COLUMN b",
                    "ALTER TABLE {t} RENAME COLUMN a TO aa",
                    "RENAME TABLE {t} TO {t}_old",
                    "RENAME TABLE {t}_new TO {t}_old, `{t}` TO {t}_new, {t}_old TO {t}",
                    "ALTER TABLE {t} ADD COLUMN more INT, RENAME TO {t}_old",
                    "ALTER TABLE {t} DROP INDEX dev",
                    "ALTER TABLE {t}_second ADD COLUMN more INT DEFAULT 5");

    private final TestDatabase database;
    private final List<Migration> migrations = new ArrayList<>();
    private final List<Replication> replications = new ArrayList<>();

    CdcStopIT(TestDatabase database) {
        this.database = database;
    }

    static Stream<Arguments> statements() {
        return IntStream.range(0, STATEMENTS.size())
                .mapToObj(i -> Arguments.of(i, STATEMENTS.get(i)));
    }

    private void create(String... tables) throws SQLException {
        for (String table : tables) {
            database.execute(
                    "DROP TABLE IF EXISTS " + table,
                    "CREATE TABLE "
                            + table
                            + " (id INT AUTO_INCREMENT PRIMARY KEY, dev VARCHAR(20) NOT NULL, ts"
                            + " BIGINT NOT NULL, a INT, b TEXT, UNIQUE (dev, ts))",
                    "INSERT INTO " + table + " (dev, ts, a, b) VALUES ('x', 1, 1, 'one')");
        }
    }

    private Migration migration(String table, Path state, String policies, String rest) {
        String second = table + "_second";
        return new Migration(
                        database,
                        state,
                        Mappings.deviceTable(table, "DB." + table + ".{dev}", "a", "b")
                                + policies.indent(2)
                                + Mappings.deviceTable(second, "DB." + second + ".{dev}")
                                        .replace("[]", "all"),
                        "flink: {checkpoint_interval: 200ms}\n" + rest)
                .named(database.name() + "_" + table);
    }

    /** One replication a statement, all at once: they begin behind the rows that are there. */
    @BeforeAll
    void replicate(@TempDir Path state) throws Exception {
        for (int i = 0; i < STATEMENTS.size(); i++) {
            create("t" + i, "t" + i + "_second", "t" + i + "_new");
        }
        try (BinlogServer server =
                new BinlogServer(migration("t0", state, "", "").config().mysql())) {
            BinlogPosition position = server.head();
            String start =
                    """
                    mysql: {cdc: {startup_mode: specific, specific: {file: %s, pos: %d}}}
                    backfill: {parallelism: 1}
                    """
                            .formatted(position.file(), position.offset());
            for (int i = 0; i < STATEMENTS.size(); i++) {
                migrations.add(migration("t" + i, state, "", start));
                replications.add(migrations.get(i).replicate());
                database.execute("INSERT INTO t%d (dev, ts, a) VALUES ('x', 10, 10)".formatted(i));
            }
        }
        for (Replication replication : replications) {
            replication.awaitApplied();
        }
    }

    @AfterAll
    void close() throws Exception {
        for (Replication replication : replications) {
            replication.close();
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("statements")
    void stopsAtAStatementThatItCannotFollow(int number, String statement) throws Exception {
        String table = "t" + number;
        String path = database.iotdbDatabase() + "." + table;
        assertThat(migrations.get(number).contents().at(path + ".x", 10, "a"))
                .isEqualTo("INT32 10");

        database.execute(
                statement.replace("{t}", table),
                "INSERT INTO %s_second (dev, ts, a) VALUES ('later', 1, 1)".formatted(table));

        assertRefused(ExitCode.JOB_FAILED, replications.get(number)::result)
                .hasMessageContaining("binlog.")
                .hasMessageContaining(statement.substring(0, 8))
                .hasMessageContaining("backfill --restart");
        assertThat(migrations.get(number).contents().below(path + "_second").size()).isZero();
    }

    /**
     * A client may write in another character set than UTF-8: the columns are counted right all the
     * same. MySQL logs no row when it computes a generated column anew.
     */
    @Test
    void followsNamesOfAnyClientAndStopsWhereAColumnIsComputedAnew(@TempDir Path state)
            throws Exception {
        database.execute(
                "CREATE TABLE made (id INT AUTO_INCREMENT PRIMARY KEY, dev INT NOT NULL, ts BIGINT"
                        + " NOT NULL, größe INT, raw DECIMAL(6, 2), g DOUBLE AS (raw * 2) STORED,"
                        + " UNIQUE (dev, ts))",
                "INSERT INTO made (dev, ts, größe, raw) VALUES (1, 1, 100, 1.25)");
        Migration migration =
                new Migration(
                        database,
                        state,
                        Mappings.deviceTable("made", "DB.made.d{dev}", "g"),
                        "flink: {checkpoint_interval: 200ms}");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.executeInLatin1("ALTER TABLE made ADD COLUMN x INT DEFAULT 5 AFTER größe");
            database.execute("INSERT INTO made (dev, ts, größe, raw) VALUES (2, 2, 101, 2.5)");
            cdc.awaitApplied();
            assertThat(migration.contents().at(database.iotdbDatabase() + ".made.d2", 2, "g"))
                    .isEqualTo("DOUBLE " + Long.toHexString(Double.doubleToRawLongBits(5)));
            database.execute("ALTER TABLE made MODIFY raw DECIMAL(6, 0)");
            assertRefused(ExitCode.JOB_FAILED, cdc::result)
                    .hasMessageContaining("may change values of the generated column g of ")
                    .hasMessageContaining("backfill --restart");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET a = 100 WHERE id = 1",
                "DELETE FROM t WHERE id = 1",
            })
    void anAppendOnlyTableStopsAtTheFirstOtherChangeAndGoesOnWithAnotherPolicy(
            String sql, @TempDir Path state) throws Exception {
        create("t", "t_second");
        Migration migration = migration("t", state, "append_only: true", "");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO t (dev, ts, a) VALUES ('x', 10, 10)");
            cdc.awaitApplied();
            database.execute(sql);
            assertRefused(ExitCode.JOB_FAILED, cdc::result)
                    .hasMessageContaining("row id=1 of")
                    .hasMessageContaining("is fail");
        }
        Migration lenient = migration("t", state, "", "");
        try (Replication cdc = lenient.replicate()) {
            cdc.awaitApplied();
            assertThat(cdc.from()).startsWith("going on from ");
        }
        assertThat(lenient.contents().below(database.iotdbDatabase() + ".t"))
                .isEqualTo(lenient.expectedOf("t"));
    }

    @Test
    void refusesWithoutABackfillOfAllTables(@TempDir Path state) throws Exception {
        create("alone", "alone_second");
        assertRefused(ExitCode.CONFIG, () -> migration("alone", state, "", "").replicate().result())
                .hasMessageContaining("backfill");
    }
}
