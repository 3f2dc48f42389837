package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.cli.report.CheckText;
import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.Finding.Severity;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.rpc.TSStatusCode;
import org.apache.iotdb.session.Session;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of finding once, on real servers. */
@ExtendWith(ServersExtension.class)
class CheckIT {
    private static final String LOST_DELETIONS = "can lose a deletion";
    private static final String READING =
            """
            - table: reading
              device_template: DB.{site}
              timestamp_field: at
              measurements: [{name: t}]
            """;

    private final TestDatabase database;
    @TempDir Path state;

    CheckIT(TestDatabase database) throws Exception {
        this.database = database;
        database.execute(
                "SET SESSION sql_mode = ''",
                "DROP TABLE IF EXISTS reading, messy, many",
                "CREATE TABLE reading (id BIGINT PRIMARY KEY, site VARCHAR(20) NOT NULL,"
                        + " at DATETIME(3) NOT NULL, t DOUBLE)",
                "INSERT INTO reading VALUES (1, 's1', '2024-01-01 00:00:00', 1),"
                        + " (2, 's2', '2024-01-01 00:00:00', 2)");
        dropInIotdb(database.iotdbDatabase());
        dropInIotdb(database.iotdbDatabase() + ".**");
    }

    private void dropInIotdb(String pattern) throws Exception {
        try (Session session = database.session()) {
            session.executeNonQueryStatement("DELETE DATABASE " + pattern);
        } catch (StatementExecutionException e) {
            assertThat(e.getStatusCode()).isEqualTo(TSStatusCode.PATH_NOT_EXIST.getStatusCode());
        }
    }

    private String yaml(String mappings, String rest) {
        return new Migration(database, state, mappings, rest).yaml();
    }

    private MigrationConfig config(String mappings, String rest) {
        return new Migration(database, state, mappings, rest).config();
    }

    private static MigrationConfig load(String yaml) {
        return ConfigLoader.load("test.yml", yaml, Map.of());
    }

    private CheckReport check(String mappings) {
        return Check.run(config(mappings, ""), false, List.of());
    }

    private CheckReport check(UnaryOperator<String> change) {
        return Check.run(load(change.apply(yaml(READING, ""))), false, List.of());
    }

    private void iotdb(String... statements) throws Exception {
        try (Session session = database.session()) {
            for (String statement : statements) {
                session.executeNonQueryStatement(statement.replace("DB", database.iotdbDatabase()));
            }
        }
    }

    private String mysqlVersion() throws SQLException {
        try (Connection connection = database.connection()) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    private static void assertFinding(
            CheckReport report, Severity severity, String subject, String... words) {
        assertThat(report.findings())
                .as("%s about %s with %s", severity, subject, List.of(words))
                .anySatisfy(
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(severity);
                            assertThat(finding.subject()).isEqualTo(subject);
                            assertThat(finding.sentence()).contains(words);
                        });
    }

    /** But for the one that this version of IoTDB has itself. */
    private static List<Finding> problems(CheckReport report) {
        return report.findings().stream()
                .filter(f -> f.severity() != Severity.OK && !f.message().contains(LOST_DELETIONS))
                .toList();
    }

    private static CheckReport.Counts counts(CheckReport report) {
        CheckReport.Counts counts = report.tables().get(0).counts();
        assertThat(counts).isNotNull();
        return counts;
    }

    @Test
    void warnsOfAnIotdbThatLosesDeletionsWhereSomeWillCome() {
        assertFinding(
                check(READING),
                Severity.WARNING,
                "IoTDB",
                LOST_DELETIONS,
                "inner_compaction_task_selection_mods_file_threshold");
        assertThat(check(READING + "  append_only: true\n").findings())
                .noneMatch(f -> f.message().contains(LOST_DELETIONS));
    }

    @Test
    void findsNothingWrongWithASoundTable() throws SQLException {
        CheckReport report = check(READING);
        assertThat(problems(report)).isEmpty();
        assertThat(report.exitCode()).isEqualTo(ExitCode.DONE);
        assertFinding(report, Severity.OK, "MySQL", "version " + mysqlVersion());
        assertFinding(report, Severity.OK, "MySQL binlog", "is on, with full rows");
        assertFinding(report, Severity.OK, "MySQL grants", "may read the binlog");
        assertFinding(report, Severity.OK, "MySQL time zone", "reading.at", "UTC");
        assertFinding(report, Severity.OK, "IoTDB", "version 2.", "timestamps in ms");
        assertFinding(report, Severity.OK, "IoTDB", "accepts writes");
        assertFinding(report, Severity.OK, database.iotdbDatabase(), "will be created");
        assertFinding(report, Severity.OK, "reading.t", "DOUBLE -> DOUBLE");
        assertFinding(report, Severity.OK, "reading", "along its primary key id");
        assertFinding(report, Severity.OK, "reading", "no device of it exists");
        assertThat(report.tables()).hasSize(1);
        assertThat(report.tables().get(0).name()).isEqualTo("reading");
        assertThat(report.tables().get(0).rows()).isEqualTo(2);
        assertThat(report.tables().get(0).chunkKey()).isEqualTo("id");
        assertThat(counts(report)).isEqualTo(new CheckReport.Counts(2, false, 2, 0, 0, 0, 0, 0));
    }

    @Test
    void countsWhatGoesMissing() throws Exception {
        database.execute(
                "SET SESSION sql_mode = ''",
                "CREATE TABLE messy (id INT PRIMARY KEY, site VARCHAR(20), at DATETIME(6),"
                        + " ok TINYINT(1), day DATE, big BIGINT UNSIGNED)",
                "INSERT INTO messy VALUES"
                        + " (1, 'a', '2024-01-01 00:00:00.000100', 0, '2024-01-01', 1),"
                        // In milliseconds the same time; its name differs in case.
                        + " (2, 'a', '2024-01-01 00:00:00.000900', 2, '0000-00-00', 1),"
                        + " (3, 'A', '2024-01-01 00:00:00.000100', -1, '2024-00-15', 1),"
                        + " (4, 'a ', '2024-01-01 00:00:00.000100', 1, '0999-12-31', 1),"
                        + " (5, NULL, '2024-01-01', 1, NULL, 18446744073709551615),"
                        + " (6, '', '2024-01-01', 1, NULL, 9223372036854775808),"
                        + " (7, 'New York', NULL, 1, NULL, 9223372036854775807),"
                        + " (8, 'New York', '0000-00-00', 1, NULL, NULL),"
                        + " (9, 'Time', '2024-01-01', 1, NULL, NULL),"
                        + " (10, 'rööt', '2024-01-01', 1, NULL, NULL),"
                        + " (11, '12', '2024-01-01', 1, NULL, NULL),"
                        + " (12, 'rööt', '2024-01-01', 0, NULL, NULL)");
        CheckReport report =
                check(
                        """
                        - table: messy
                          device_template: DB.{site}
                          timestamp_field: at
                          measurements: [{name: ok}, {name: day}, {name: big}]
                        """);
        assertThat(report.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(counts(report)).isEqualTo(new CheckReport.Counts(12, false, 7, 1, 2, 2, 2, 9));
        assertFinding(report, Severity.WARNING, "messy", "1 of 12 rows", "share device and time");
        assertFinding(
                report, Severity.WARNING, "messy", "2 of 12 rows", "no name for their device");
        assertFinding(
                report,
                Severity.WARNING,
                "messy",
                "1 of 12 rows",
                database.iotdbDatabase() + ".`Time`");
        assertFinding(report, Severity.WARNING, "messy.at", "2 of 12 rows", "have no time");
        assertFinding(report, Severity.WARNING, "messy.at", "cut off");
        assertFinding(report, Severity.WARNING, "messy.at", "may be null");
        assertFinding(report, Severity.WARNING, "messy.day", "2 of 12 rows", "zero date");
        assertFinding(
                report, Severity.WARNING, "messy.day", "1 of 12 rows", "before the year 1000");
        assertFinding(report, Severity.WARNING, "messy.ok", "2 of 12 rows", "type: INT32");
        assertFinding(report, Severity.WARNING, "messy.big", "2 of 12 rows", "type: TEXT");
        assertFinding(report, Severity.OK, "messy", "4 of 7 devices", "backticks", ".`12`");
    }

    @Test
    void namesWhatDoesNotArriveInTheLastLine() throws Exception {
        database.execute(
                "CREATE TABLE tall (id INT AUTO_INCREMENT PRIMARY KEY, at DATETIME NOT NULL, device"
                        + " VARCHAR(9) NOT NULL, type VARCHAR(9), reading VARCHAR(20), value"
                        + " VARCHAR(20))",
                "CREATE TABLE timeless (id INT PRIMARY KEY, at DATETIME, v INT)");
        database.insert(
                "tall",
                400,
                "NULL, '2026-01-01' + INTERVAL n DIV 4 MINUTE, 'd', 'hw', ELT(1 + n % 4, 'temp',"
                        + " 'hum', 'wind', 'rain'), n / 7");
        database.insert("timeless", 10, "n, NULL, n");
        CheckReport report =
                check(
                        """
                        - table: tall
                          device_template: DB.{device}
                          timestamp_field: at
                          measurements: [{name: reading}, {name: value}]
                        """);
        assertFinding(
                report,
                Severity.WARNING,
                "tall",
                "rows of one device and time differ in reading",
                "write measurements: [{name: '{reading}', field: value}], or put {reading} into"
                        + " device_template");
        assertThat(report.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(CheckText.render(report, Style.PLAIN, "-c p.yml").lines().toList())
                .last()
                .asString()
                .startsWith("ready, but 300 of 400 rows of tall would not arrive: 0 errors");

        CheckReport none =
                check(
                        """
                        - table: timeless
                          device_template: DB.timeless
                          timestamp_field: at
                          measurements: [{name: v}]
                        """);
        assertFinding(none, Severity.ERROR, "timeless", "none of its 10 rows would arrive");
        assertThat(none.exitCode()).isEqualTo(ExitCode.CONFIG);
    }

    @Test
    void countsOnASampleIfAskedTo() throws Exception {
        database.execute(
                "SET SESSION cte_max_recursion_depth = 200000",
                "CREATE TABLE many (id INT PRIMARY KEY, site INT NOT NULL, at BIGINT NOT NULL, t INT)",
                "INSERT INTO many WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r"
                        + " WHERE n < 100500) SELECT n, 1, n DIV 2, n FROM r",
                "ANALYZE TABLE many");
        MigrationConfig config =
                config(
                        """
                        - table: many
                          device_template: DB.d{site}
                          timestamp_field: at
                          timestamp_unit: s
                          measurements: [{name: t}]
                        """,
                        "");
        CheckReport fast = Check.run(config, true, List.of());
        assertThat(counts(fast).sampled()).isTrue();
        assertThat(counts(fast).rows()).isEqualTo(100_000);
        assertThat(fast.tables().get(0).rows()).isGreaterThan(90_000).isNotEqualTo(100_000);
        assertFinding(
                fast, Severity.WARNING, "many", "49,999 of 100,000 rows in a sample share device");
        assertFinding(fast, Severity.WARNING, "many", "and no index begins with device or time");

        CheckReport full = Check.run(config, false, List.of("many"));
        assertThat(counts(full))
                .isEqualTo(new CheckReport.Counts(100_500, false, 1, 50_249, 0, 0, 0, 50_249));
        assertThat(full.tables().get(0).rows()).isEqualTo(100_500);
    }

    @Test
    void saysWhyRowsCannotCollapse() throws Exception {
        database.execute("ALTER TABLE reading ADD UNIQUE KEY place_time (site, at)");
        CheckReport report = check(READING);
        assertFinding(
                report, Severity.OK, "reading", "no two rows can share", "place_time on site, at");
        assertThat(counts(report).collapsed()).isZero();
    }

    @Test
    void warnsOfATableWithoutAnyKey() throws Exception {
        database.execute("ALTER TABLE reading DROP PRIMARY KEY");
        CheckReport report = check(READING);
        assertFinding(report, Severity.WARNING, "reading", "in one piece", "primary key");
        assertThat(report.tables().get(0).chunkKey()).isNull();
        assertThat(report.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void namesAForeignKeyThatChangesRowsUnlogged() throws Exception {
        database.execute(
                "CREATE TABLE plant (id INT PRIMARY KEY)",
                "ALTER TABLE reading ADD plant INT, ADD CONSTRAINT of_plant FOREIGN KEY (plant)"
                        + " REFERENCES plant (id) ON DELETE CASCADE ON UPDATE RESTRICT");
        try {
            assertFinding(
                    check(READING),
                    Severity.WARNING,
                    "reading",
                    database.name() + ".plant",
                    "of_plant (ON DELETE CASCADE)",
                    "before cdc");
            CheckReport cdc = check(yaml -> "mode: cdc\n" + yaml);
            assertFinding(cdc, Severity.ERROR, "reading", "of_plant", "RESTRICT", "9.6");
            assertThat(cdc.exitCode()).isEqualTo(ExitCode.MYSQL);
        } finally {
            database.execute(
                    "ALTER TABLE reading DROP FOREIGN KEY of_plant, DROP plant",
                    "DROP TABLE plant");
        }
    }

    @Test
    void namesTheNearestTableAndColumn() {
        CheckReport table = check(READING.replace("table: reading", "table: readings"));
        assertFinding(table, Severity.ERROR, "readings", "no such table", "did you mean reading?");
        assertThat(table.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(table.tables()).isEmpty();

        CheckReport column = check(READING.replace("name: t}", "name: tt, field: sites}"));
        assertFinding(column, Severity.ERROR, "reading.sites", "did you mean site?");
        assertThat(column.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(column.tables()).hasSize(1);
        assertThat(column.tables().get(0).counts()).isNull();
    }

    @Test
    void comparesListedColumnsWithTheTable() {
        CheckReport report =
                Check.run(
                        config(
                                READING,
                                """
                                mysql:
                                  tables:
                                    - name: reading
                                      columns:
                                        - {name: id, type: INT, primary: true}
                                        - {name: humidity, type: DOUBLE}
                                """),
                        false,
                        List.of());
        assertFinding(report, Severity.WARNING, "reading.id", "listed as INT and is BIGINT");
        assertFinding(report, Severity.WARNING, "reading.humidity", "does not have it");
        assertThat(report.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void warnsOfAnotherTimeZone() {
        MigrationConfig config =
                new Migration(database, state, "Asia/Hong_Kong", READING, "").config();
        assertFinding(
                Check.run(config, false, List.of()),
                Severity.WARNING,
                "MySQL time zone",
                "read as Asia/Hong_Kong",
                "connections.mysql.time_zone");
    }

    @Test
    void saysWhatCdcNeedsOfTheBinlog() throws Exception {
        database.execute(
                "SET GLOBAL binlog_row_image = 'MINIMAL'",
                "SET GLOBAL binlog_transaction_compression = ON",
                "SET GLOBAL binlog_expire_logs_seconds = 3600");
        try {
            CheckReport backfill = check(READING);
            assertFinding(
                    backfill,
                    Severity.WARNING,
                    "MySQL binlog",
                    "binlog_row_image is MINIMAL",
                    "cdc");
            assertFinding(
                    backfill,
                    Severity.WARNING,
                    "MySQL binlog",
                    "3600 s",
                    "binlog_expire_logs_seconds");
            assertThat(backfill.exitCode()).isEqualTo(ExitCode.DONE);

            CheckReport cdc = check(yaml -> "mode: cdc\n" + yaml);
            assertFinding(cdc, Severity.ERROR, "MySQL binlog", "binlog_row_image is MINIMAL");
            assertFinding(
                    cdc,
                    Severity.ERROR,
                    "MySQL binlog",
                    "binlog_transaction_compression is ON",
                    "SET PERSIST");
            assertThat(cdc.exitCode()).isEqualTo(ExitCode.MYSQL);
        } finally {
            database.execute(
                    "SET GLOBAL binlog_row_image = 'FULL'",
                    "SET GLOBAL binlog_transaction_compression = OFF",
                    "SET GLOBAL binlog_expire_logs_seconds = 2592000");
        }
    }

    /** What RDS has is a table of its own. */
    @Test
    void readsHowLongRdsKeepsTheBinlog() throws Exception {
        String table = "mysql.rds_configuration";
        database.execute(
                "CREATE TABLE " + table + " (name VARCHAR(100), value VARCHAR(100))",
                "INSERT INTO " + table + " VALUES ('binlog retention hours', NULL)");
        try {
            assertFinding(
                    check(READING),
                    Severity.WARNING,
                    "MySQL binlog",
                    "is purged by RDS as soon as",
                    "rds_set_configuration");
            database.execute("UPDATE " + table + " SET value = '12'");
            assertFinding(check(READING), Severity.WARNING, "MySQL binlog", "12 hours only");
            database.execute("UPDATE " + table + " SET value = '72'");
            assertFinding(check(READING), Severity.OK, "MySQL binlog", "by RDS for 72 hours");
        } finally {
            database.execute("DROP TABLE " + table);
        }
    }

    @Test
    void looksAtGrantsAlsoThoseOfRoles() throws Exception {
        String user = database.name() + "_u";
        String role = database.name() + "_r";
        database.execute(
                "CREATE USER " + user + " IDENTIFIED BY 'secret'",
                "CREATE ROLE " + role,
                "GRANT INSERT ON reading TO " + user);
        UnaryOperator<String> asUser =
                yaml ->
                        yaml.replaceFirst(
                                "user: \\w+, password: [^,]+",
                                "user: " + user + ", password: secret");
        try {
            CheckReport partly = check(asUser);
            assertFinding(
                    partly, Severity.ERROR, "reading", user + " may not read", "GRANT SELECT ON");
            assertFinding(
                    partly,
                    Severity.WARNING,
                    "MySQL grants",
                    "lacks REPLICATION SLAVE, REPLICATION CLIENT",
                    "run GRANT");
            assertThat(partly.exitCode()).isEqualTo(ExitCode.MYSQL);

            database.execute(
                    "GRANT SELECT ON reading TO " + role,
                    "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO " + role,
                    "GRANT " + role + " TO " + user,
                    "SET DEFAULT ROLE " + role + " TO " + user);
            assertThat(problems(check(asUser))).isEmpty();
        } finally {
            database.execute("DROP USER " + user, "DROP ROLE " + role);
        }
    }

    @Test
    void refusesExistingSeriesOfAnotherType() throws Exception {
        iotdb(
                "CREATE ALIGNED TIMESERIES DB.s1(t INT32, other INT32)",
                "CREATE ALIGNED TIMESERIES DB.`New York`(t INT32)",
                "CREATE ALIGNED TIMESERIES DB.s3(t DOUBLE)");
        CheckReport report = check(READING);
        assertFinding(
                report,
                Severity.ERROR,
                "reading.t",
                "is to be DOUBLE",
                database.iotdbDatabase() + ".s1.t (INT32)",
                database.iotdbDatabase() + ".`New York`.t (INT32)");
        assertThat(problems(report)).hasSize(1);
        assertThat(problems(report).get(0).message()).doesNotContain("s3");
        assertThat(report.exitCode()).isEqualTo(ExitCode.IOTDB);
        assertFinding(report, Severity.OK, "reading", "3 of its devices exist, without data");
    }

    @Test
    void refusesDevicesOfTheOtherAlignment() throws Exception {
        iotdb("CREATE TIMESERIES DB.s1.t DOUBLE");
        CheckReport report = check(READING);
        assertFinding(
                report,
                Severity.ERROR,
                "reading",
                "aligned: true",
                database.iotdbDatabase() + ".s1");
        assertThat(report.exitCode()).isEqualTo(ExitCode.IOTDB);
        assertThat(problems(check(READING + "  aligned: false\n"))).isEmpty();
    }

    @Test
    void leavesDevicesOfAnotherShapeAlone() throws Exception {
        iotdb(
                "CREATE TIMESERIES DB.pump_1.t INT32",
                "CREATE TIMESERIES DB.s1.deeper.t INT32",
                "CREATE ALIGNED TIMESERIES DB.line_1(t DOUBLE)");
        CheckReport report = check(READING.replace("DB.{site}", "DB.line_{site}"));
        assertThat(problems(report)).isEmpty();
    }

    @Test
    void warnsOfExistingDataAndOtherEncodings() throws Exception {
        iotdb(
                "CREATE ALIGNED TIMESERIES DB.s1(t DOUBLE ENCODING=PLAIN COMPRESSOR=SNAPPY)",
                "INSERT INTO DB.s1(time, t) ALIGNED VALUES (1704067200000, 5)");
        CheckReport report = check(READING.replace("name: t", "name: t, encoding: GORILLA"));
        assertFinding(report, Severity.WARNING, "reading", "1 of its devices exist and hold data");
        assertFinding(report, Severity.WARNING, "reading.t", "(PLAIN SNAPPY)");
        assertThat(report.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void refusesATtlThatSwallowsTheHistory() throws Exception {
        iotdb("SET TTL TO DB.** 86400000");
        try {
            CheckReport report = check(READING);
            assertFinding(
                    report,
                    Severity.ERROR,
                    "reading",
                    "TTL of " + database.iotdbDatabase() + ".** keeps 1 days",
                    "2024-01-01T00:00:00Z",
                    "UNSET TTL FROM");
            assertThat(report.exitCode()).isEqualTo(ExitCode.IOTDB);

            iotdb("SET TTL TO DB.** 3153600000000");
            assertThat(problems(check(READING))).isEmpty();
        } finally {
            iotdb("UNSET TTL FROM DB.**");
        }
    }

    @Test
    void refusesDatabasesThatLieInEachOther() throws Exception {
        iotdb("CREATE DATABASE DB.inner");
        CheckReport report = check(READING);
        assertFinding(
                report,
                Severity.ERROR,
                database.iotdbDatabase(),
                "cannot be created beside database " + database.iotdbDatabase() + ".inner");
        assertThat(report.exitCode()).isEqualTo(ExitCode.IOTDB);
    }

    @Test
    void saysWhoCreatesADatabaseThatIsNotConfigured() {
        CheckReport report = check(yaml -> yaml.replaceFirst("storage_groups: .*", ""));
        assertFinding(report, Severity.OK, database.iotdbDatabase(), "by itself");
        CheckReport everySite =
                check(
                        yaml ->
                                yaml.replaceFirst("storage_groups: .*", "")
                                        .replace(
                                                database.iotdbDatabase() + ".{site}",
                                                "root.{site}.x"));
        assertFinding(everySite, Severity.WARNING, "iotdb.storage_groups", "database of its own");
    }

    @Test
    void looksAtGrantsInIoTDB() throws Exception {
        String user = database.name() + "_u";
        UnaryOperator<String> asUser =
                yaml ->
                        yaml.replace(
                                "user: root, password: root",
                                "user: " + user + ", password: secret99");
        iotdb("CREATE USER " + user + " 'secret99'");
        try {
            assertThat(iotdbGrants(check(asUser)))
                    .hasSize(4)
                    .allSatisfy(f -> assertThat(f.exitCode()).isEqualTo(ExitCode.IOTDB));
            assertFinding(
                    check(asUser),
                    Severity.ERROR,
                    "IoTDB grants",
                    user + " lacks WRITE_DATA, WRITE_SCHEMA on " + database.iotdbDatabase(),
                    "run GRANT WRITE_DATA, WRITE_SCHEMA ON ");

            iotdb("GRANT WRITE_DATA ON root.** TO USER " + user);
            assertFinding(
                    check(asUser),
                    Severity.ERROR,
                    "IoTDB grants",
                    user + " lacks WRITE_SCHEMA on " + database.iotdbDatabase());
            // IoTDB would answer this user that it has no series at all.
            assertThatThrownBy(
                            () ->
                                    MigrationPlan.of(
                                            load(asUser.apply(yaml(READING, ""))), List.of()))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("answers that it has no series");

            iotdb("GRANT WRITE_SCHEMA, MANAGE_DATABASE ON root.** TO USER " + user);
            assertThat(iotdbGrants(check(asUser)))
                    .singleElement()
                    .satisfies(f -> assertThat(f.sentence()).contains("FLUSH", "user to root"));
        } finally {
            iotdb("DROP USER " + user);
        }
    }

    private static List<Finding> iotdbGrants(CheckReport report) {
        return report.findings().stream().filter(f -> f.subject().equals("IoTDB grants")).toList();
    }

    @Test
    void noticesAServerThatIsReadOnly() throws Exception {
        iotdb("SET SYSTEM TO READONLY");
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                CheckReport report = check(READING);
                                assertFinding(
                                        report,
                                        Severity.ERROR,
                                        "IoTDB",
                                        "read-only",
                                        "SET SYSTEM TO RUNNING");
                                assertThat(report.exitCode()).isEqualTo(ExitCode.IOTDB);
                            });
        } finally {
            iotdb("SET SYSTEM TO RUNNING");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(problems(check(READING))).isEmpty());
    }

    @Test
    void looksAtOneServerWhenTheOtherRefusesThePassword() throws SQLException {
        CheckReport mysql =
                check(yaml -> yaml.replace(database.servers().mysqlPassword(), "wrong"));
        assertFinding(mysql, Severity.ERROR, "MySQL", "refuses user", "connections.mysql");
        assertFinding(mysql, Severity.OK, "IoTDB", "version 2.");
        assertThat(mysql.exitCode()).isEqualTo(ExitCode.MYSQL);
        assertThat(mysql.tables()).isEmpty();

        CheckReport iotdb =
                check(
                        yaml ->
                                yaml.replace(
                                        "user: root, password: root", "user: root, password: no"));
        assertFinding(iotdb, Severity.ERROR, "IoTDB", "refuses user root", "connections.iotdb");
        assertFinding(iotdb, Severity.OK, "MySQL", "version " + mysqlVersion());
        assertThat(iotdb.exitCode()).isEqualTo(ExitCode.IOTDB);
        assertThat(iotdb.tables()).hasSize(1);
    }

    @Test
    void reportsBothServersWhenNeitherAnswers() {
        CheckReport report =
                check(
                        yaml ->
                                yaml.replace("port: " + database.servers().mysqlPort(), "port: 1")
                                        .replace(
                                                "port: " + database.servers().iotdbPort(),
                                                "port: 2"));
        assertThat(problems(report)).hasSize(2);
        assertFinding(report, Severity.ERROR, "MySQL", ":1 (", "that the server runs");
        assertFinding(report, Severity.ERROR, "IoTDB", ":2 (", "that the server runs");
        assertThat(report.exitCode()).isEqualTo(ExitCode.MYSQL);
        String mysqlDatabase = "has no database";
        CheckReport unknown =
                check(yaml -> yaml.replace("database: " + database.name(), "database: nowhere"));
        assertFinding(unknown, Severity.ERROR, "MySQL", mysqlDatabase, "nowhere");
    }

    @Test
    void plansForAJobOrSaysEverythingThatIsWrong() {
        MigrationPlan plan = MigrationPlan.of(config(READING, ""), List.of("reading"));
        assertThat(plan.precision()).isEqualTo(TimePrecision.MS);
        assertThat(plan.mappings()).hasSize(1);
        assertThat(plan.schemas().get(0).id().table()).isEqualTo("reading");

        assertThatThrownBy(() -> MigrationPlan.of(config(READING, ""), List.of("readin")))
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIG))
                .hasMessageContaining("--table readin")
                .hasMessageContaining("did you mean reading?");
        MigrationConfig wrong =
                config(
                        READING.replace("timestamp_field: at", "timestamp_field: att")
                                .replace("name: t}", "name: tt}"),
                        "");
        assertThatThrownBy(() -> MigrationPlan.of(wrong, List.of()))
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> {
                            assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIG);
                            assertThat(e.getMessage().lines()).hasSize(2);
                        })
                .hasMessageContaining("reading.att: ")
                .hasMessageContaining("reading.tt: ");
    }
}
