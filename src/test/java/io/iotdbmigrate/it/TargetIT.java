package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.run.backfill.BackfillListener;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.BackfillRun;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Network;
import io.iotdbmigrate.testkit.Servers;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TargetRows;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What IoTDB gets: names, schemas, many devices, configs of old. */
@ExtendWith(ServersExtension.class)
class TargetIT {

    /** The kinds of targets. */
    enum Model {
        TREE,
        TABLE;

        MigrationConfig config(TestDatabase database, Path state, String mappings) {
            Migration tree = new Migration(database, state, mappings, "");
            return (this == TREE ? tree : tree.inTables()).config();
        }

        Device device(TestDatabase database, String table, int number) {
            return Device.of(
                    this == TREE
                            ? database.iotdbDatabase() + ".d" + number
                            : new TagValues(table, List.of(String.valueOf(number))).text());
        }
    }

    private static final Object[] SMALL = {
        true,
        Integer.MIN_VALUE,
        Long.MIN_VALUE,
        Float.MIN_NORMAL,
        -0.0,
        "a'b\"\n温".getBytes(StandardCharsets.UTF_8),
        new byte[] {0, -1},
        LocalDate.of(1000, 1, 1),
        -62_135_596_800_000L
    };
    private static final Object[] LARGE = {
        false,
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        -0.0f,
        Double.MAX_VALUE,
        new byte[0],
        new byte[0],
        LocalDate.of(9999, 12, 31),
        253_402_300_799_999L
    };
    private static final Object[] PARTLY = {
        null, 7, null, null, 0.1, null, new byte[] {1}, null, 0L
    };
    private static final Object[] NOTHING = new Object[LARGE.length];

    /**
     * What a target promises, whichever it is: the rows that are there, after each kind of call.
     */
    @ParameterizedTest
    @EnumSource
    void keepsItsContract(Model model, TestDatabase database, @TempDir Path state)
            throws Exception {
        database.execute(
                "DROP TABLE IF EXISTS every",
                "CREATE TABLE every (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, b"
                        + " BOOLEAN, i INT, l BIGINT, f FLOAT, d DOUBLE, s TEXT, x VARBINARY(9), day"
                        + " DATE, at DATETIME(3))");
        MigrationConfig config =
                model.config(
                        database,
                        state,
                        Mappings.deviceTable(
                                        "every",
                                        "DB.d{dev}",
                                        "b",
                                        "i",
                                        "l",
                                        "f",
                                        "d",
                                        "s",
                                        "x",
                                        "day",
                                        "at")
                                + "  on_delete: mark");
        TableMapping mapping = MigrationPlan.of(config, List.of()).mappings().get(0);
        boolean whole = mapping.keepsWholeRows();
        Device one = model.device(database, "every", 1);
        Device two = model.device(database, "every", 2);
        try (TargetRows rows = new TargetRows(config, mapping)) {
            assertThat(rows.devices()).isEmpty();
            rows.write(one, 1, SMALL, 2, SMALL, 2, LARGE, 3, PARTLY, 4, NOTHING);
            rows.write(two, 1, SMALL, 2, LARGE, 3, PARTLY);
            rows.flush();
            rows.write(one, 1, LARGE);
            rows.write(one, 3, NOTHING);
            rows.assertHave(one, 1, LARGE, 2, LARGE, 3, PARTLY, 4, whole ? NOTHING : null);
            rows.assertHave(two, 1, SMALL, 2, LARGE, 3, PARTLY);
            rows.assertCounts(one, whole ? 4 : 3, 0);
            assertThat(rows.devices()).containsExactlyInAnyOrder(one.path(), two.path());
            assertThat(rows.values()).containsExactly(4L, 6L, 4L, 4L, 6L, 4L, 6L, 4L, 6L);

            rows.clear(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), Map.of(one, new long[] {1, 3}));
            rows.clear(List.of(1), Map.of(two, new long[] {3}));
            rows.assertHave(one, 2, LARGE, 4, whole ? NOTHING : null);
            Object[] without = PARTLY.clone();
            without[1] = null;
            rows.assertHave(two, 1, SMALL, 2, LARGE, 3, whole ? null : without);
            rows.write(one, 1, PARTLY);
            rows.delete(two, 1);
            rows.flush();
            rows.assertHave(one, 1, PARTLY, 2, LARGE, 4, whole ? NOTHING : null);
            rows.assertHave(two, 2, LARGE, 3, whole ? null : without);

            rows.mark(two, 2, 5);
            rows.assertMarked(two, 2, 5);
            rows.assertCounts(two, whole ? 2 : 3, 2);
            rows.unmark(two, 2, 3);
            rows.assertMarked(two, 5);
            rows.write(two, 2, SMALL, 9, SMALL);

            rows.erase(5, 9);
            rows.assertMarked(two);
            rows.assertHave(two, 2, SMALL, 3, whole ? null : without);
            rows.eraseDevice(two);
            rows.assertHave(two);
            rows.assertHave(one, 1, PARTLY, 2, LARGE, 4, whole ? NOTHING : null);
            rows.erase();
            rows.assertHave(one);
            rows.flush();
        }
        database.execute("DROP TABLE every");
    }

    /**
     * In memory IoTDB counts a deleted row anew with each deletion, if rows came out of order and
     * were sorted for a query; once it has counted as many as the device has, all are gone.
     */
    @ParameterizedTest
    @EnumSource
    void aRowThatIsDeletedAgainTakesNoOtherWithIt(
            Model model, TestDatabase database, @TempDir Path state) throws Exception {
        database.execute(
                "CREATE TABLE again (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, i"
                        + " INT)");
        MigrationConfig config =
                model.config(database, state, Mappings.deviceTable("again", "DB.d{dev}", "i"));
        TableMapping mapping = MigrationPlan.of(config, List.of()).mappings().get(0);
        Device one = model.device(database, "again", 1);
        Object[] value = {7};
        try (TargetRows rows = new TargetRows(config, mapping)) {
            rows.write(one, 9, value);
            rows.flush();
            for (long time = 4; time > 0; time--) {
                rows.write(one, time, value);
            }
            rows.assertHave(one, 1, value, 2, value, 3, value, 4, value, 9, value);
            for (int i = 0; i < 6; i++) {
                rows.clear(List.of(0), Map.of(one, new long[] {1}));
            }
            rows.assertHave(one, 2, value, 3, value, 4, value, 9, value);
            rows.erase();
        }
        database.execute("DROP TABLE again");
    }

    @Test
    void namesOfEveryKindStayOneNode(TestDatabase database, @TempDir Path state) throws Exception {
        List<String> names =
                List.of(
                        "plain",
                        "New York",
                        "a.b",
                        "12",
                        "1d",
                        "007",
                        "x`y",
                        "温度",
                        "O'Brien",
                        "a\"b",
                        "back\\slash",
                        "*",
                        "**",
                        "$x",
                        "-",
                        "a/b",
                        "1e5",
                        "CamelCase",
                        "camelcase",
                        " lead",
                        "null",
                        "True",
                        "region",
                        "exists",
                        "select");
        database.execute(
                "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, dev VARCHAR(40) COLLATE"
                        + " utf8mb4_bin, ts BIGINT NOT NULL, `order` INT, `wind speed` INT,"
                        + " `3d` INT, `a.b` INT, region INT, `true` INT)",
                "INSERT INTO t (dev, ts, `order`) VALUES ('ROOT', 5, 1), ('time', 5, 1),"
                        + " ('Timestamp', 5, 1)");
        for (String name : names) {
            database.execute(
                    "INSERT INTO t (dev, ts, `order`, `wind speed`, `3d`, `a.b`, region, `true`)"
                            + " VALUES ('"
                            + name.replace("\\", "\\\\").replace("'", "''")
                            + "', 5, 1, 2, 5, 6, 7, 8)");
        }
        Migration migration =
                new Migration(
                        database,
                        state,
                        """
                        - table: t
                          device_field: dev
                          timestamp_field: ts
                          timestamp_unit: ms
                          device_template: DB.s.{dev}
                          measurements:
                            - {name: order}
                            - {name: wind speed}
                            - {name: 3d}
                            - {name: a.b}
                            - {name: region}
                            - {name: "true"}
                        """,
                        "");

        BackfillOutcome.Report report = migration.backfill();

        // IoTDB keeps these for itself, even in backticks.
        assertThat(Files.readAllLines(migration.state().rejectedRows()))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("keeps the name"));
        assertThat(report.rejected()).isEqualTo(3);
        assertThat(report.tables().get(0).devices()).isEqualTo(names.size());
        assertThat(migration.contents().size()).isEqualTo(names.size() * 6);
        assertThat(migration.contents().at(database.iotdbDatabase() + ".s.`New York`", 5, "`a.b`"))
                .isEqualTo("INT32 6");
        assertThat(Verification.run(migration, Verification.options()).differences()).isEmpty();
        // Erasing must find every one of these names again.
        assertThat(migration.restart().tables().get(0).devices()).isEqualTo(names.size());
        assertThat(migration.contents().size()).isEqualTo(names.size() * 6);
    }

    @Test
    void restartLeavesDevicesOfOthersAlone(TestDatabase database, @TempDir Path state)
            throws Exception {
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT)",
                "INSERT INTO t VALUES (1, 1, 1, 1), (2, 2, 1, 1)");
        Migration migration =
                new Migration(
                        database,
                        state,
                        """
                        - table: t
                          device_field: dev
                          timestamp_field: ts
                          device_template: DB.d{dev}
                          measurements: [{name: v}]
                        """,
                        "");
        migration.backfill();
        try (Session session = database.session()) {
            session.executeNonQueryStatement(
                    "INSERT INTO " + database.iotdbDatabase() + ".other(time, w) VALUES (1, 9)");
        }
        database.execute("DELETE FROM t WHERE id = 1");

        migration.restart();

        Contents contents = migration.contents();
        assertThat(contents.size()).isEqualTo(2);
        assertThat(contents.at(database.iotdbDatabase() + ".d2", 1, "v")).isEqualTo("INT32 1");
        assertThat(contents.points()).containsKey(database.iotdbDatabase() + ".other 1 w");
    }

    @Test
    void seriesGetTheConfiguredTypeEncodingAndCompression(
            TestDatabase database, @TempDir Path state) throws Exception {
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, a DOUBLE,"
                        + " b INT, c VARCHAR(9))",
                "INSERT INTO t VALUES (1, 1, 1, 1.5, 2, 'x'), (2, 1, 2, NULL, NULL, 'y')");
        for (boolean aligned : new boolean[] {true, false}) {
            Migration migration =
                    new Migration(
                            database,
                            state.resolve("aligned-" + aligned),
                            """
                            - table: t
                              device_field: dev
                              timestamp_field: ts
                              device_template: DB.ALIGNED.d{dev}
                              aligned: ALIGNED
                              measurements:
                                - {name: a, encoding: CHIMP, compression: ZSTD}
                                - {name: b, type: INT64, encoding: RLE, compression: SNAPPY}
                                - {name: c, type: STRING, encoding: DICTIONARY}
                            """
                                    .replace("ALIGNED", "x" + aligned)
                                    .replace("aligned: xtrue", "aligned: true")
                                    .replace("aligned: xfalse", "aligned: false"),
                            "");
            migration.restart();

            String device = database.iotdbDatabase() + ".x" + aligned + ".d1";
            assertThat(series(database, device))
                    .containsExactlyInAnyOrder(
                            device + ".a DOUBLE CHIMP ZSTD",
                            device + ".b INT64 RLE SNAPPY",
                            device + ".c STRING DICTIONARY LZ4");
            assertThat(alignment(database, device)).isEqualTo(Boolean.toString(aligned));
        }
    }

    /** What IoTDB acknowledged may have been in its memory only. */
    @ParameterizedTest
    @CsvSource({
        "TREE, write", "TREE, delete", "TREE, mark", "TREE, unmark",
        "TABLE, write", "TABLE, delete", "TABLE, mark", "TABLE, unmark"
    })
    void everyChangeBeforeALossOfTheConnectionIsToBeMadeAgain(
            Model model, String kind, TestDatabase database, @TempDir Path state) throws Exception {
        database.execute(
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT)");
        Servers servers = database.servers();
        try (Network network = new Network(servers.iotdbHost(), servers.iotdbPort())) {
            MigrationConfig config =
                    model.config(
                            new TestDatabase(
                                    servers.withIotdbPort(network.port()),
                                    database.name(),
                                    database.iotdbDatabase()),
                            state,
                            Mappings.deviceTable("t", "DB.d{dev}", "v") + "  on_delete: mark");
            TableMapping mapping = MigrationPlan.of(config, List.of()).mappings().get(0);
            Device device = model.device(database, "t", 1);
            List<String> databases = config.databases();
            TabletBuffer rows = new TabletBuffer(mapping);
            rows.add(new TargetRow(device, 5, new Object[] {7}));
            try (Target target = Targets.open(new Retries(config.iotdb(), 10, s -> {}))) {
                target.createDatabases(databases);
                target.write(rows);
                target.mark(mapping, Map.of(device, new long[] {5}));
                target.flush(databases);

                switch (kind) {
                    case "write" -> {
                        rows.add(new TargetRow(device, 6, new Object[] {7}));
                        target.write(rows);
                    }
                    case "delete" -> target.deletePoints(mapping, device, List.of(0), 5);
                    case "mark" -> target.mark(mapping, Map.of(device, new long[] {6}));
                    default -> target.unmark(mapping, device, new long[] {5});
                }
                network.mend();

                assertThatThrownBy(() -> target.flush(databases))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("the connection to IoTDB was lost");
            }
        }
    }

    @Test
    void thirtyThousandDevices(TestDatabase database, @TempDir Path state) throws Exception {
        database.execute(
                "SET SESSION cte_max_recursion_depth = 1000000",
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT)",
                "INSERT INTO t WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r WHERE"
                        + " n < 119999) SELECT n, n % 30000, n DIV 30000, n FROM r");
        Migration migration =
                new Migration(
                        database,
                        state,
                        """
                        - table: t
                          device_field: dev
                          timestamp_field: ts
                          device_template: DB.d{dev}
                          measurements: [{name: v}]
                        """,
                        "backfill: {chunk_rows: 20000}");

        BackfillOutcome.Report report = migration.backfill();

        assertThat(report.tables().get(0).devices()).isEqualTo(30_000);
        assertThat(migration.contents())
                .isEqualTo(
                        Contents.expected(
                                database,
                                "SELECT CONCAT('"
                                        + database.iotdbDatabase()
                                        + ".d', dev), ts, 'v', 'INT32', v FROM t"));
    }

    @Test
    void aConfigOfTheEarlierProofOfConceptMigratesItsTable(
            Servers servers, TestDatabase database, @TempDir Path state) throws Exception {
        database.execute(
                "SET SESSION cte_max_recursion_depth = 1000000",
                "CREATE TABLE record_ambience (id BIGINT AUTO_INCREMENT PRIMARY KEY, deviceId INT,"
                        + " reading DOUBLE, createdAt DATETIME(3))",
                "INSERT INTO record_ambience (deviceId, reading, createdAt) WITH RECURSIVE r(n) AS"
                        + " (SELECT 0 UNION ALL SELECT n + 1 FROM r WHERE n < 24999) SELECT n % 10, n /"
                        + " 8, TIMESTAMPADD(SECOND, n, '2024-01-01 08:00:00') FROM r");
        String poc;
        try (var in = TargetIT.class.getResourceAsStream("/config/poc.yml")) {
            poc = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        MigrationConfig config =
                ConfigLoader.load(
                        "poc.yml",
                        poc.replace("env: dev", "env: " + database.name())
                                .replaceFirst("host: localhost", "host: " + servers.mysqlHost())
                                .replace("port: 3306", "port: " + servers.mysqlPort())
                                .replaceFirst("user: root", "user: " + servers.mysqlUser())
                                .replace(
                                        "123456\n    database",
                                        servers.mysqlPassword() + "\n    database")
                                .replace("database: testdb", "database: " + database.name())
                                .replace("host: localhost", "host: " + servers.iotdbHost())
                                .replace("port: 6667", "port: " + servers.iotdbPort())
                                .replace("root.kanban", database.iotdbDatabase()),
                        Map.of());

        new BackfillRun(config, new StateFolder(state))
                .run(new BackfillRun.Options(List.of(), false), new Quiet());

        // 08:00 in Hong Kong is midnight in UTC; rows past the hinted upper bound are there too.
        assertThat(Contents.of(database, database.iotdbDatabase() + ".**"))
                .isEqualTo(expectedReadings(database));
    }

    private static Contents expectedReadings(TestDatabase database) {
        SortedMap<String, String> points = new TreeMap<>();
        for (int n = 0; n < 25_000; n++) {
            points.put(
                    database.iotdbDatabase()
                            + ".device_"
                            + n % 10
                            + " "
                            + (1_704_067_200_000L + n * 1000L)
                            + " reading",
                    "DOUBLE " + Long.toHexString(Double.doubleToRawLongBits(n / 8.0)));
        }
        return new Contents(points);
    }

    private static List<String> series(TestDatabase database, String device) throws Exception {
        List<String> found = new ArrayList<>();
        try (Session session = database.session();
                SessionDataSet rows =
                        session.executeQueryStatement("SHOW TIMESERIES " + device + ".*")) {
            while (rows.hasNext()) {
                var fields = rows.next().getFields();
                found.add(
                        fields.get(0).getStringValue()
                                + " "
                                + fields.get(3).getStringValue()
                                + " "
                                + fields.get(4).getStringValue()
                                + " "
                                + fields.get(5).getStringValue());
            }
        }
        return found;
    }

    private static String alignment(TestDatabase database, String device) throws Exception {
        try (Session session = database.session();
                SessionDataSet rows = session.executeQueryStatement("SHOW DEVICES " + device)) {
            return rows.next().getFields().get(1).getStringValue();
        }
    }

    private static final class Quiet implements BackfillListener {
        @Override
        public void planned(BackfillPlan plan) {
            // Nobody looks.
        }

        @Override
        public void note(String message) {
            throw new AssertionError(message);
        }

        @Override
        public Duration progressInterval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void progress(BackfillProgress progress) {
            // Nobody looks.
        }

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
