package io.iotdbmigrate.it;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.OneGraphReplication;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole type table, extremes and all, read back from IoTDB and compared bit by bit. */
@ExtendWith(ServersExtension.class)
class AllTypesIT {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long TIME = 1_700_000_000_000L;

    /** A column, what is inserted, and what IoTDB must hold; null for no point. */
    private record Case(String type, String sql, String expected, String target) {
        Case(String type, String sql, String expected) {
            this(type, sql, expected, null);
        }
    }

    private static final List<Case> CASES =
            List.of(
                    new Case("TINYINT(1)", "0", "BOOLEAN false"),
                    new Case("BOOL", "TRUE", "BOOLEAN true"),
                    new Case("TINYINT(1)", "-128", "INT32 -128", "INT32"),
                    new Case("BIT(1)", "b'1'", "BOOLEAN true"),
                    new Case("BIT(8)", "b'10000001'", "INT64 129"),
                    new Case("BIT(63)", "b'" + "1".repeat(63) + "'", "INT64 9223372036854775807"),
                    new Case("TINYINT", "-128", "INT32 -128"),
                    new Case("TINYINT UNSIGNED", "255", "INT32 255"),
                    new Case("SMALLINT", "-32768", "INT32 -32768"),
                    new Case("SMALLINT UNSIGNED", "65535", "INT32 65535"),
                    new Case("MEDIUMINT", "-8388608", "INT32 -8388608"),
                    new Case("MEDIUMINT UNSIGNED", "16777215", "INT32 16777215"),
                    new Case("INT", "-2147483648", "INT32 -2147483648"),
                    new Case("INT UNSIGNED", "4294967295", "INT64 4294967295"),
                    new Case("BIGINT", "-9223372036854775808", "INT64 -9223372036854775808"),
                    new Case("BIGINT", "9223372036854775807", "INT64 9223372036854775807"),
                    new Case("BIGINT UNSIGNED", "9223372036854775807", "INT64 9223372036854775807"),
                    new Case(
                            "BIGINT UNSIGNED",
                            "18446744073709551615",
                            "TEXT 18446744073709551615",
                            "TEXT"),
                    new Case("YEAR", "2155", "INT32 2155"),
                    new Case("YEAR", "0", "INT32 0"),
                    new Case(
                            "FLOAT",
                            "1234567.125",
                            "FLOAT " + hex(Float.parseFloat("1234567.125"))),
                    new Case("FLOAT", "3.4028235e38", "FLOAT " + hex(Float.MAX_VALUE)),
                    new Case("FLOAT", "-1.17549435e-38", "FLOAT " + hex(-Float.MIN_NORMAL)),
                    new Case("FLOAT", "0.1", "DOUBLE " + hex((double) 0.1f), "DOUBLE"),
                    new Case("DOUBLE", "0.1", "DOUBLE " + hex(0.1)),
                    new Case("DOUBLE", "1.7976931348623157e308", "DOUBLE " + hex(Double.MAX_VALUE)),
                    new Case(
                            "DOUBLE",
                            "2.2250738585072014e-308",
                            "DOUBLE " + hex(2.2250738585072014e-308)),
                    new Case(
                            "DECIMAL(15,5)", "1234567890.12345", "DOUBLE " + hex(1234567890.12345)),
                    new Case("DECIMAL(9,0)", "-999999999", "INT32 -999999999", "INT32"),
                    new Case(
                            "DECIMAL(30,10)",
                            "12345678901234567890.0123456789",
                            "TEXT 12345678901234567890.0123456789"),
                    new Case(
                            "DECIMAL(20,2)",
                            "123456789012345678.25",
                            "DOUBLE " + hex(Double.parseDouble("123456789012345678.25")),
                            "DOUBLE"),
                    new Case("CHAR(5)", "'ab '", "TEXT ab"),
                    new Case("VARCHAR(20)", "'温度 \\'\"\\\\ é'", "TEXT 温度 '\"\\ é"),
                    new Case("VARCHAR(20)", "''", "TEXT "),
                    new Case("VARCHAR(20)", "'😀'", "STRING 😀", "STRING"),
                    new Case("TEXT", "REPEAT('x', 3000)", "TEXT " + "x".repeat(3000)),
                    new Case("ENUM('run','stop')", "'stop'", "TEXT stop"),
                    new Case("SET('a','b','c')", "'c,a'", "TEXT a,c"),
                    new Case(
                            "JSON",
                            "'{\"b\": [1, 2.50, null], \"a\": \"x y\"}'",
                            "TEXT {\"a\":\"x y\",\"b\":[1,2.5,null]}"),
                    new Case("BINARY(4)", "x'00ff'", "BLOB 00ff0000"),
                    new Case("VARBINARY(10)", "x'deadbeef00'", "BLOB deadbeef00"),
                    new Case("BLOB", "x'00010203'", "BLOB 00010203"),
                    new Case("DATE", "'1000-01-01'", "DATE 10000101"),
                    new Case("DATE", "'9999-12-31'", "DATE 99991231"),
                    new Case("DATE", "'0000-00-00'", null),
                    new Case("DATE", "'2024-00-15'", null),
                    new Case("DATETIME", "'1000-01-01 00:00:00'", instant("1000-01-01T00:00:00")),
                    new Case("DATETIME", "'9999-12-31 23:59:59'", instant("9999-12-31T23:59:59")),
                    new Case(
                            "DATETIME(3)",
                            "'2024-07-01 12:00:00.123'",
                            instant("2024-07-01T12:00:00.123")),
                    new Case("DATETIME(6)", "'1969-12-31 23:59:59.999999'", "TIMESTAMP -3600001"),
                    new Case("DATETIME", "'2024-10-27 02:30:00'", instant("2024-10-27T02:30:00")),
                    new Case(
                            "DATETIME(6)",
                            "'2024-07-01 12:00:00.123456'",
                            "TEXT 2024-07-01 12:00:00.123456",
                            "TEXT"),
                    new Case("DATETIME", "'0000-00-00 00:00:00'", null),
                    new Case("TIMESTAMP(3)", "'2024-01-01 00:00:00.5'", "TIMESTAMP 1704067200500"),
                    new Case("TIMESTAMP", "'2038-01-19 03:14:07'", "TIMESTAMP 2147483647000"),
                    new Case("TIMESTAMP(3)", "'1970-01-01 00:00:01'", "TIMESTAMP 1000"),
                    new Case("TIMESTAMP(3)", "'0000-00-00 00:00:00'", null),
                    new Case("TIME", "'-01:00:00'", "INT64 -3600000000"),
                    new Case("TIME(3)", "'-00:00:01'", "INT64 -1000000"),
                    new Case("TIME(6)", "'-00:00:00.000001'", "INT64 -1"),
                    new Case("TIME(6)", "'-838:59:59'", "INT64 -3020399000000"),
                    new Case("TIME(6)", "'838:59:59'", "INT64 3020399000000"),
                    new Case("TIME(6)", "'-12:30:00.5'", "INT64 -45000500000"),
                    new Case("TIME", "'00:00:00'", "INT64 0"),
                    new Case("TIME(3)", "'-12:30:00.5'", "TEXT -12:30:00.500", "TEXT"));

    private static String hex(float value) {
        return Integer.toHexString(Float.floatToRawIntBits(value));
    }

    private static String hex(double value) {
        return Long.toHexString(Double.doubleToRawLongBits(value));
    }

    private static String instant(String berlin) {
        return "TIMESTAMP " + LocalDateTime.parse(berlin).atZone(BERLIN).toInstant().toEpochMilli();
    }

    private static String values(List<Case> cases) {
        return cases.stream().map(c -> ", " + c.sql()).collect(Collectors.joining());
    }

    private static Migration createTable(TestDatabase database, Path state) throws Exception {
        return createTable(database, state, CASES, "auto");
    }

    private static Migration createTable(
            TestDatabase database, Path state, List<Case> cases, String startupMode)
            throws Exception {
        StringBuilder columns = new StringBuilder();
        StringBuilder measurements = new StringBuilder();
        for (int i = 0; i < cases.size(); i++) {
            Case c = cases.get(i);
            columns.append(", c").append(i).append(' ').append(c.type()).append(" NULL");
            measurements.append(i == 0 ? "" : ", ").append("{name: c").append(i);
            measurements.append(c.target() == null ? "}" : ", type: " + c.target() + "}");
        }
        database.execute(
                "SET SESSION sql_mode = '', time_zone = '+00:00'",
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id INT, dev VARCHAR(9), ts BIGINT"
                        + columns
                        + ", PRIMARY KEY (dev, ts))");
        return new Migration(
                database,
                state,
                BERLIN.getId(),
                "- {table: t, device_field: dev, timestamp_field: ts, timestamp_unit: ms,"
                        + " device_template: 'DB.d_{dev}', measurements: ["
                        + measurements
                        + "]}",
                "flink: {checkpoint_interval: 200ms}\nmysql: {cdc: {startup_mode: "
                        + startupMode
                        + "}}");
    }

    private static List<String> wrong(TestDatabase database, Contents contents, String device) {
        return wrong(database, contents, device, CASES);
    }

    private static List<String> wrong(
            TestDatabase database, Contents contents, String device, List<Case> cases) {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            String actual = contents.at(database.iotdbDatabase() + device, TIME, "c" + i);
            if (!java.util.Objects.equals(actual, cases.get(i).expected())) {
                wrong.add(cases.get(i) + " became " + actual);
            }
        }
        return wrong;
    }

    /** By the binlog as by the backfill, and from null. */
    @Test
    void everyTypeArrivesExactlyThroughTheBinlog(TestDatabase database, @TempDir Path state)
            throws Exception {
        Migration migration = createTable(database, state);
        migration.restart();
        StringBuilder assignments = new StringBuilder();
        for (int i = 0; i < CASES.size(); i++) {
            assignments.append(i == 0 ? "c" : ", c").append(i).append(" = ");
            assignments.append(CASES.get(i).sql());
        }
        try (Replication cdc = migration.replicate()) {
            database.execute(
                    "SET SESSION sql_mode = '', time_zone = '+00:00'",
                    "INSERT INTO t VALUES (1, 'full', " + TIME + values(CASES) + ")",
                    "INSERT INTO t (id, dev, ts) VALUES (2, 'nulls', " + TIME + ")",
                    "INSERT INTO t (id, dev, ts) VALUES (3, 'later', " + TIME + ")",
                    "UPDATE t SET " + assignments + " WHERE id = 3");
            cdc.awaitApplied();
        }
        Contents contents = migration.contents();
        assertThat(wrong(database, contents, ".d_full")).isEmpty();
        assertThat(wrong(database, contents, ".d_later")).isEmpty();
        assertThat(contents).isEqualTo(migration.expected()).isEqualTo(migration.copiedNow());
        VerifyReport verified = Verification.run(migration, Verification.options());
        assertThat(Verification.lines(verified, database)).isEmpty();
        assertThat(verified.equal()).isTrue();
    }

    /** By the snapshot that the connector makes where one job graph has to do it all. */
    @Test
    void everyTypeArrivesExactlyThroughTheConnectorsSnapshot(
            TestDatabase database, @TempDir Path state) throws Exception {
        List<Case> cases =
                CASES.stream()
                        .filter(c -> !c.type().matches("FLOAT|YEAR|TIME(\\(\\d\\))?"))
                        .toList();
        Migration migration = createTable(database, state, cases, "initial");
        database.execute(
                "SET SESSION sql_mode = '', time_zone = '+00:00'",
                "INSERT INTO t VALUES (1, 'full', " + TIME + values(cases) + ")",
                "INSERT INTO t (id, dev, ts) VALUES (2, 'nulls', " + TIME + ")");
        try (OneGraphReplication cdc = migration.replicateInOneGraph()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> migration.contents().size() > 0);
            database.execute(
                    "SET SESSION sql_mode = '', time_zone = '+00:00'",
                    "INSERT INTO t VALUES (3, 'later', " + TIME + values(cases) + ")");
            Replication.awaitAppliedSomewhere(migration);
        }
        Contents contents = migration.contents();
        assertThat(wrong(database, contents, ".d_full", cases)).isEmpty();
        assertThat(wrong(database, contents, ".d_later", cases)).isEmpty();
        assertThat(contents).isEqualTo(migration.expected());
    }

    @Test
    void aSnapshotThatWouldNotBeExactIsRefused(TestDatabase database, @TempDir Path state)
            throws Exception {
        Migration migration = createTable(database, state, CASES, "initial");
        assertRefused(ExitCode.CONFIG, migration::replicateInOneGraph)
                .hasMessageContaining("YEAR column c")
                .hasMessageContaining("run the backfill first");
        migration.backfill();
        migration.replicateInOneGraph().close();
    }

    /** The character set that a column has from its table, and what JSON holds besides text. */
    @Test
    void theBinlogIsReadInTheTablesCharacterSet(TestDatabase database, @TempDir Path state)
            throws Exception {
        database.execute(
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id INT, dev VARCHAR(9), ts BIGINT, PRIMARY KEY (dev, ts), x VARCHAR(20), y"
                        + " TEXT, j JSON) CHARACTER SET latin1");
        Migration migration =
                new Migration(
                        database,
                        state,
                        "- {table: t, device_field: dev, timestamp_field: ts, device_template:"
                                + " 'DB.d_{dev}', measurements: [{name: x}, {name: y}, {name: j}]}",
                        "flink: {checkpoint_interval: 200ms}");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute(
                    "INSERT INTO t VALUES (1, 'é', 1, 'äöü', 'ß', JSON_OBJECT('d', CAST('2024-01-02"
                            + " 03:04:05.5' AS DATETIME(6)), 'n', CAST(1.50 AS DECIMAL(5,2)), 't',"
                            + " CAST('12:00:00' AS TIME), 'k', CAST('2024-01-02' AS DATE)))");
            cdc.awaitApplied();
        }
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    @Test
    void everyTypeArrivesExactly(TestDatabase database, @TempDir Path state) throws Exception {
        Migration migration = createTable(database, state);
        database.execute(
                "SET SESSION sql_mode = '', time_zone = '+00:00'",
                "INSERT INTO t VALUES (1, 'full', " + TIME + values(CASES) + ")",
                "INSERT INTO t (id, dev, ts) VALUES (2, 'nulls', " + TIME + ")");

        BackfillOutcome.Report report = migration.restart();

        Contents contents = migration.contents();
        assertThat(wrong(database, contents, ".d_full")).isEmpty();
        assertThat(contents).isEqualTo(migration.expected());
        assertThat(contents.points().keySet()).noneMatch(key -> key.contains("d_nulls"));
        assertThat(report.tables().get(0).empty()).isEqualTo(1);
        assertThat(report.tables().get(0).zeroDates()).isEqualTo(4);
        assertThat(report.rejected()).isZero();
        VerifyReport verified = Verification.run(migration, Verification.options());
        assertThat(Verification.lines(verified, database)).isEmpty();
        assertThat(verified.tables().get(0).iotdbRows()).isEqualTo(1);
        assertThat(verified.tables().get(0).empty()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsRejectedWithItsReason(TestDatabase database, @TempDir Path state)
            throws Exception {
        database.execute(
                "SET SESSION sql_mode = ''",
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id INT PRIMARY KEY, dev VARCHAR(9), ts DATETIME(3) NULL,"
                        + " big BIGINT UNSIGNED, ok BOOL, day DATE)",
                "INSERT INTO t VALUES (1, 'a', '2024-01-01', 1, 1, '2024-01-01'),"
                        + " (2, NULL, '2024-01-01', 1, 1, NULL),"
                        + " (3, 'a', NULL, 1, 1, NULL),"
                        + " (4, 'a', '0000-00-00', 1, 1, NULL),"
                        + " (5, 'a', '2024-01-02', 18446744073709551615, 1, NULL),"
                        + " (6, 'a', '2024-01-03', 1, 2, NULL),"
                        + " (7, 'a', '2024-01-04', 1, 1, '0999-12-31'),"
                        + " (8, '', '2024-01-05', 1, 1, NULL)");
        Migration migration =
                new Migration(
                        database,
                        state,
                        """
                        - table: t
                          device_field: dev
                          timestamp_field: ts
                          device_template: DB.{dev}
                          measurements: [{name: big}, {name: ok}, {name: day}]
                        """,
                        "");

        BackfillOutcome.Report report = migration.restart();

        assertThat(report.rows()).isEqualTo(8);
        assertThat(report.rejected()).isEqualTo(7);
        assertThat(migration.contents()).isEqualTo(migration.expected());
        assertThat(migration.contents().size()).isEqualTo(3);
        VerifyReport verified = Verification.run(migration, Verification.options());
        assertThat(verified.equal()).isTrue();
        assertThat(verified.tables().get(0).rejected()).isEqualTo(7);
        List<String> lines = Files.readAllLines(migration.state().rejectedRows());
        assertThat(lines).hasSize(7);
        assertThat(lines)
                .anySatisfy(
                        l ->
                                assertThat(l)
                                        .contains(
                                                "id=5", "\"big\"", "18446744073709551615", "TEXT"))
                .anySatisfy(l -> assertThat(l).contains("id=3", "\"ts\"", "NULL"))
                .anySatisfy(l -> assertThat(l).contains("id=4", "0000-00-00"))
                .anySatisfy(l -> assertThat(l).contains("id=6", "\"ok\"", "\"2\""));
    }
}
