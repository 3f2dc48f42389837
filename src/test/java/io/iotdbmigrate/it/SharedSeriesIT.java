package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.history.HistoryRun;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables that write the same series: month tables of one template, of which the last stands, and a
 * number in two tables by its type, as Zabbix has it. Beside them a table that writes other series
 * of their devices, and one whose devices have names that IoTDB writes in its own way.
 */
@ExtendWith(ServersExtension.class)
class SharedSeriesIT {
    private static final String MAPPINGS =
            """
            - table: jan
              timestamp_field: ts
              device_template: DB.m.d{dev}
              measurements: [{name: v}, {name: s}]
            - table: weather
              timestamp_field: ts
              device_template: DB.m.d{dev}
              measurements: [{name: w}]
            - table: feb
              timestamp_field: at
              device_template: DB.{area}.d{device}
              measurements: [{name: v, field: val}, {name: extra}]
            - table: history
              timestamp_field: clock
              timestamp_unit: s
              device_template: DB.z.i{itemid}
              measurements: [{name: value}]
            - table: history_uint
              timestamp_field: clock
              timestamp_unit: s
              device_template: DB.z.i{itemid}
              measurements: [{name: value}]
            - table: named
              timestamp_field: ts
              device_template: DB.n.{name}
              measurements: [{name: t, field: v, type: INT32}]
            """;

    private static final List<String> NAMES =
            List.of("温度", "空压机1", "A栋", "1号", "Ünit", "plain", "a.b", "42", "1d");

    @TempDir Path state;
    private final TestDatabase database;
    private Migration migration;

    SharedSeriesIT(TestDatabase database) {
        this.database = database;
    }

    /**
     * Rows 0 to 9 of devices 0 to 4 are in January's and February's table. Device 5 has none of
     * their series, only one of the weather's.
     */
    @BeforeEach
    void copy() throws Exception {
        database.execute(
                "DROP TABLE IF EXISTS jan, feb, weather, history, history_uint, named",
                "CREATE TABLE jan (dev INT, ts DATETIME(3), v INT, s VARCHAR(9), PRIMARY KEY(dev,"
                        + " ts))",
                "CREATE TABLE feb (id INT AUTO_INCREMENT PRIMARY KEY, area VARCHAR(9) NOT NULL,"
                        + " device VARCHAR(9) NOT NULL, at BIGINT NOT NULL, val INT, extra INT,"
                        + " KEY(device, at))",
                "CREATE TABLE weather (dev INT, ts DATETIME(3), w INT, PRIMARY KEY(dev, ts))",
                "CREATE TABLE history (itemid BIGINT, clock INT, value DOUBLE, PRIMARY KEY(itemid,"
                        + " clock))",
                "CREATE TABLE history_uint (itemid BIGINT, clock INT, value INT, PRIMARY"
                        + " KEY(itemid, clock))",
                "CREATE TABLE named (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) CHARACTER"
                        + " SET utf8mb4 NOT NULL, ts DATETIME(3) NOT NULL, v INT, KEY(name, ts))");
        database.insert("jan", 500, "n % 5, FROM_UNIXTIME(n DIV 5), n, IF(n % 3 = 0, NULL, 'j')");
        database.insert(
                "feb",
                500,
                "NULL, 'm', n % 5, IF(n < 50, n DIV 5, 1000000 + n) * 1000, IF(n % 4 = 0, NULL, -n),"
                        + " n");
        database.insert("weather", 60, "n % 6, FROM_UNIXTIME(n DIV 6), n");
        database.insert("history", 40, "n % 4, n, n / 7");
        database.insert("history_uint", 40, "100 + n % 4, n, n");
        for (String name : NAMES) {
            // Two rows of one device and time, and one by itself.
            database.execute(
                    "INSERT INTO named (name, ts, v) VALUES ('%1$s', '2026-01-01', 1), ('%1$s',"
                                    .formatted(name)
                            + " '2026-01-01', 2), ('%1$s', '2026-01-02', 3)".formatted(name));
        }
        migration =
                new Migration(
                        database,
                        state,
                        MAPPINGS,
                        "backfill: {parallelism: 3, chunk_rows: 50}\nsink: {batch_rows: 10}");
    }

    /** Where February has a row, January's v is not there; its s is, which February has not. */
    private Contents expected() throws Exception {
        return Contents.expected(
                database,
                """
                SELECT CONCAT('DB.m.d', dev), FLOOR(UNIX_TIMESTAMP(ts) * 1000), 'v', 'INT32', v
                  FROM jan WHERE NOT EXISTS (SELECT 1 FROM feb WHERE device = dev AND area = 'm'
                    AND at = FLOOR(UNIX_TIMESTAMP(ts) * 1000))
                UNION ALL SELECT CONCAT('DB.m.d', dev), FLOOR(UNIX_TIMESTAMP(ts) * 1000), 's',
                  'TEXT', s FROM jan
                UNION ALL SELECT CONCAT('DB.', area, '.d', device), at, 'v', 'INT32', val FROM feb
                UNION ALL SELECT CONCAT('DB.', area, '.d', device), at, 'extra', 'INT32', extra
                  FROM feb
                UNION ALL SELECT CONCAT('DB.m.d', dev), FLOOR(UNIX_TIMESTAMP(ts) * 1000), 'w',
                  'INT32', w FROM weather
                UNION ALL SELECT CONCAT('DB.z.i', itemid), clock * 1000, 'value', 'INT32', value
                  FROM history_uint
                UNION ALL SELECT CONCAT('DB.n.', CASE WHEN name IN ('42', '1d', 'a.b', 'Ünit')
                  THEN CONCAT('`', name, '`') ELSE name END), FLOOR(UNIX_TIMESTAMP(ts) * 1000), 't',
                  'INT32', v FROM named a
                  WHERE NOT EXISTS (SELECT 1 FROM named b
                    WHERE b.name = a.name AND b.ts = a.ts AND b.id > a.id)
                """
                        .replace("DB", database.iotdbDatabase()));
    }

    /** All but the devices with doubles: no query can have series of two types. */
    private Contents contents() throws Exception {
        String devices = "DB.m.*, DB.n.*, DB.z.i100, DB.z.i101, DB.z.i102, DB.z.i103";
        return Contents.of(database, devices.replace("DB", database.iotdbDatabase()));
    }

    private VerifyReport verify() throws Exception {
        return Verification.run(migration, Verification.options());
    }

    private void assertEqual() throws Exception {
        assertThat(contents()).isEqualTo(expected());
        VerifyReport report = verify();
        assertThat(Verification.lines(report, database)).isEmpty();
        assertThat(report.equal()).isTrue();
        CountReport counts = Verification.counts(migration, Verification.options());
        assertThat(counts.devices()).isEmpty();
        assertThat(counts.equal()).isTrue();
    }

    @Test
    void checkNamesThem() {
        List<String> shared =
                Check.run(migration.config(), false, List.of()).findings().stream()
                        .filter(f -> f.severity() == Finding.Severity.WARNING)
                        .map(Finding::sentence)
                        .filter(sentence -> sentence.contains("writes the same series"))
                        .toList();

        assertThat(shared).hasSize(2);
        assertThat(shared.get(0))
                .startsWith("feb: writes the same series as jan, such as v of")
                .contains("stands last in the config stands, feb before all");
        assertThat(shared.get(1))
                .startsWith("history_uint: writes the same series as history")
                .contains("value is DOUBLE of one table and INT32 of another");
    }

    @Test
    void backfillCountsAndRepairTakeThemTogether() throws Exception {
        BackfillOutcome.Report report = migration.restart();
        assertThat(report.tables().stream().map(t -> t.name() + " " + t.collapsed()))
                .containsExactly(
                        "jan 50",
                        "weather 0",
                        "feb 0",
                        "history 0",
                        "history_uint 0",
                        "named " + NAMES.size());
        assertEqual();
        assertThat(verify().tables().stream().map(VerifyReport.Table::name))
                .containsExactly("jan + feb", "weather", "history + history_uint", "named");

        VerifyReport one =
                Verification.run(
                        migration,
                        new VerifyOptions(
                                List.of("jan"), List.of(), null, null, 100, 0, 9, RepairMode.NONE));
        assertThat(one.count()).isZero();
        assertThat(one.notCompared()).containsExactly("tables other than jan + feb");

        Contents before = contents();
        database.executeInIotdb(
                "INSERT INTO DB.m.d1(time, v) ALIGNED VALUES (17, 5)",
                "DELETE FROM DB.m.d2.v WHERE time = 1000057000",
                "DELETE FROM DB.m.d3.* WHERE time = 60000",
                "DELETE FROM DB.n.温度.t WHERE time >= 1767312000000",
                "DELETE FROM DB.z.i2.* WHERE time = 2000",
                "INSERT INTO DB.z.i103(time, value) ALIGNED VALUES (3000, 8)");
        assertThat(Verification.lines(verify(), database))
                .hasSize(6)
                .anyMatch(line -> line.startsWith("missing n.`温度` 1767312000000 t 3"))
                .contains(
                        "extra m.d1 17 v null->5",
                        "different m.d2 1000057000 v -57->null",
                        "different z.i103 3000 value 3->8");

        Repaired written =
                Verification.run(migration, Verification.options(RepairMode.WRITE)).repair();
        assertThat(written.execution()).isEqualTo(Repaired.Execution.WITHOUT_DELETIONS);
        assertThat(written.plan().rowsToDelete()).isOne();
        assertThat(written.plan().unknownDevices()).isZero();
        assertThat(written.complete()).isFalse();
        assertThat(new HistoryRun(migration.config(), migration.state()).read().events())
                .last()
                .satisfies(
                        event ->
                                assertThat(event.what())
                                        .startsWith(
                                                "6 rows differ, then a repair wrote 5 rows and left"
                                                        + " 1 row that MySQL does not have"));
        assertThat(Verification.lines(verify(), database))
                .containsExactly("extra m.d1 17 v null->5");
        Repaired deleted =
                Verification.run(migration, Verification.options(RepairMode.WRITE_AND_DELETE))
                        .repair();
        assertThat(deleted.complete()).isTrue();
        assertThat(deleted.after()).isEqualTo(new Repaired.After(0, 1, 0));
        assertThat(contents()).isEqualTo(before);
    }

    /** Their rows would all go, were it not for the question. */
    @Test
    void nobodysDevicesAreNotDeletedUnasked() throws Exception {
        migration.restart();
        Contents before = contents();
        for (int n = 0; n < 40; n++) {
            // A series that IoTDB makes by itself is DOUBLE.
            String device = "DB.n.other" + n;
            database.executeInIotdb(
                    "CREATE ALIGNED TIMESERIES " + device + "(t INT32)",
                    "INSERT INTO " + device + "(time, t) ALIGNED VALUES (1, 2)");
        }
        Contents with = contents();

        Verification.Asked asked = new Verification.Asked(false);
        Repaired declined =
                Verification.run(
                                migration, Verification.options(RepairMode.WRITE_AND_DELETE), asked)
                        .repair();

        assertThat(declined.execution()).isEqualTo(Repaired.Execution.DECLINED);
        assertThat(declined.plan().unknownDevices()).isEqualTo(40);
        assertThat(asked.questions())
                .singleElement()
                .asString()
                .contains("40 of the 58 rows that IoTDB has of named")
                .contains("of 40 devices MySQL has no row at all, such as ");
        assertThat(contents()).isEqualTo(with);
        assertThat(
                        Verification.run(
                                        migration,
                                        Verification.options(RepairMode.WRITE_AND_DELETE),
                                        new Verification.Asked(true))
                                .equal())
                .isTrue();
        assertThat(contents()).isEqualTo(before);
    }

    /** Rows move between the tables, and the later table's rows come and go over the earlier's. */
    @Test
    void cdcKeepsTheOrderToo() throws Exception {
        migration.restart();
        try (Replication replication = migration.replicate().awaitSome()) {
            database.execute(
                    // An archive job: what January loses, February has.
                    "INSERT INTO feb (area, device, at, val, extra) SELECT 'm', dev,"
                            + " FLOOR(UNIX_TIMESTAMP(ts) * 1000), v, 7 FROM jan WHERE ts >"
                            + " FROM_UNIXTIME(90)",
                    "DELETE FROM jan WHERE ts > FROM_UNIXTIME(90)",
                    // January's values come back where February's go.
                    "DELETE FROM feb WHERE at < 3000",
                    // Changes of rows that do not stand.
                    "UPDATE jan SET v = 12345, s = NULL WHERE ts BETWEEN FROM_UNIXTIME(5) AND"
                            + " FROM_UNIXTIME(6)",
                    // New ones of January where February has some, and the other way round.
                    "INSERT INTO jan VALUES (1, FROM_UNIXTIME(1000056), 99, 'n')",
                    "INSERT INTO feb (area, device, at, val, extra) VALUES ('m', '2', 70000, NULL,"
                            + " NULL)",
                    "UPDATE feb SET at = 80000 WHERE at = 70000",
                    "DELETE FROM history_uint WHERE clock > 30",
                    "UPDATE history SET value = 2.5 WHERE clock = 5",
                    "DELETE FROM named WHERE v = 2 AND name IN ('温度', '1号', 'a.b')",
                    "UPDATE named SET v = NULL WHERE v = 3 AND name IN ('空压机1', '42')",
                    "DELETE FROM named WHERE v = 3 AND name IN ('A栋', 'plain', '1d')",
                    "INSERT INTO named (name, ts, v) VALUES ('湿度', '2026-01-03', 9)");
            replication.awaitApplied();
            assertEqual();
        }
    }
}
