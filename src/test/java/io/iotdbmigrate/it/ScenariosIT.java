package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.cli.report.BackfillText;
import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Rehearsal;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.Scenario;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TableContents;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The schemas that people have, each copied, changed, compared and counted, in one migration. */
@ExtendWith(ServersExtension.class)
class ScenariosIT {
    private static final List<Scenario> SCENARIOS =
            List.of(
                    new Scenario("two-column-time"),
                    new Scenario("text-time"),
                    new Scenario("home-assistant"),
                    new Scenario("ignition-months"),
                    new Scenario("openhab"),
                    new Scenario("fhem"),
                    new Scenario("thingsboard"));

    private final TestDatabase database;

    ScenariosIT(TestDatabase database) {
        this.database = database;
    }

    /** A source of what a scenario holds. */
    private interface Part {
        Contents of(Scenario scenario, TestDatabase database) throws Exception;
    }

    private Contents all(Part part) throws Exception {
        SortedMap<String, String> points = new TreeMap<>();
        for (Scenario scenario : SCENARIOS) {
            points.putAll(part.of(scenario, database).points());
        }
        return new Contents(points);
    }

    private Migration create(Path state) throws Exception {
        StringBuilder mappings = new StringBuilder();
        StringBuilder lookups = new StringBuilder();
        for (Scenario scenario : SCENARIOS) {
            scenario.create(database);
            mappings.append(scenario.mappings(database));
            lookups.append(scenario.lookups());
        }
        return new Migration(
                database,
                state,
                "Europe/Berlin",
                mappings.toString(),
                lookups + "flink: {checkpoint_interval: 200ms}\ncutover: {pause: lock_tables}");
    }

    private void assertEqual(Migration migration) throws Exception {
        VerifyReport report = Verification.run(migration, Verification.options());
        assertThat(Verification.lines(report, database)).isEmpty();
        assertThat(report.equal()).isTrue();
        CountReport counts = Verification.counts(migration, Verification.options());
        assertThat(counts.devices()).isEmpty();
        assertThat(counts.equal()).isTrue();
    }

    @Test
    void arriveAndStayEqual(@TempDir Path state) throws Exception {
        Migration migration = create(state);
        CheckReport checked = Check.run(migration.config(), false, List.of());
        assertThat(checked.findings().stream().map(Finding::sentence))
                .filteredOn(s -> s.matches(".* \\d+ of \\d+ rows .*"))
                .extracting(
                        s -> s.replaceFirst("(;|, and| as \"|, or none|, or that|, such as).*", ""))
                .containsExactlyInAnyOrder(
                        "history: 1 of 7 rows share device and time with another row",
                        "history.clock, ns: 2 of 7 rows have no time: it is null, no date",
                        "press.day, at: 2 of 7 rows have no time: it is null, no date",
                        "states: 1 of 11 rows share device and time with another row",
                        "states.last_updated_ts: 3 of 11 rows have no time: it is null, no date",
                        "states.state: 4 of 11 rows have a value that is left out by on_invalid:"
                                + " skip",
                        "meter: 1 of 6 rows share device and time with another row",
                        "meter.at: 1 of 6 rows have no time: it is null, no date",
                        "meter.kwh: 1 of 6 rows have a text that is no number or truth value",
                        "log.collect_time: 1 of 11 rows have no time: it is null, no date",
                        "log.collect_time: 4 of 11 rows have a text that is no time of this"
                                + " timestamp_format",
                        "log.valve: 1 of 11 rows have a text that is no number or truth value",
                        "gate.opened: 1 of 7 rows have a text that is no time of this"
                                + " timestamp_format",
                        "fhem_history: 1 of 10 rows have no name for their device or measurement: it"
                                + " is null, empty or a zero date",
                        "fhem_history: 2 of 10 rows have a name that IoTDB cannot have",
                        "fhem_history.VALUE: 1 of 10 rows have a value that is left out by"
                                + " on_invalid: skip");
        BackfillOutcome.Report copied = migration.restart();
        assertThat(migration.contents()).isEqualTo(all(Scenario::expected));
        assertThat(copied.rejected()).isEqualTo(19);
        assertThat(
                        BackfillText.alreadyFinished(copied, false, "", Style.PLAIN)
                                .lines()
                                .map(l -> l.replaceAll(" {2,}", " ")))
                .contains(
                        "item(\\d{4}) (24 tables) 48 48 24 0 0 0 0",
                        "sqlt_data_1_(\\d{4})_(\\d{2}) (2 tables) 5 5 2 1 0 0 0")
                .noneMatch(l -> l.contains("item0007"));
        assertEqual(migration);
        CountReport some =
                Verification.counts(
                        migration,
                        Verification.scope(
                                List.of(),
                                Instant.ofEpochSecond(1767225600),
                                Instant.ofEpochSecond(1767225603)));
        assertThat(some.equal()).isTrue();

        try (Replication cdc = migration.replicate()) {
            for (Scenario scenario : SCENARIOS) {
                scenario.change(database);
            }
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(all(Scenario::changed));
        }
        assertEqual(migration);
        repairs(migration);
        aMonthBegins(migration);
    }

    /**
     * Its table stands before others by its name, and rows come right behind its CREATE. Then a
     * script exchanges the table that is written to for an empty one.
     */
    private void aMonthBegins(Migration migration) throws Exception {
        SortedMap<String, String> points = new TreeMap<>(all(Scenario::changed).points());
        String ignition = database.iotdbDatabase() + ".ign.";
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            database.execute(
                    "CREATE TABLE IF NOT EXISTS sqlt_data_1_2025_11 LIKE sqlt_data_1_2026_01",
                    "INSERT INTO sqlt_data_1_2025_11 (tagid, floatvalue, t_stamp) VALUES (1, 0.5,"
                            + " 7), (4, 0.25, 7)",
                    "INSERT INTO sqlt_data_1_2026_01 (tagid, floatvalue, t_stamp) VALUES (1, 9.5,"
                            + " 8)");
            awaitApplied(cdc, "sqlt_data_1_2025_11");
            points.put(ignition + "t1 7 floatvalue", "DOUBLE 3fe0000000000000");
            points.put(ignition + "t4 7 floatvalue", "DOUBLE 3fd0000000000000");
            points.put(ignition + "t1 8 floatvalue", "DOUBLE 4023000000000000");
            assertThat(migration.contents()).isEqualTo(new Contents(points));
            database.execute(
                    "CREATE TABLE sqlt_new LIKE sqlt_data_1_2025_11",
                    "CREATE TABLE kept AS SELECT * FROM sqlt_data_1_2025_11");
        }
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            database.execute(
                    "RENAME TABLE sqlt_data_1_2025_11 TO sqlt_data_1_2025_10, sqlt_new TO"
                            + " sqlt_data_1_2025_11",
                    "INSERT INTO sqlt_data_1_2025_11 (tagid, floatvalue, t_stamp) VALUES (4, 0.5,"
                            + " 9)",
                    "UPDATE sqlt_data_1_2025_10 SET floatvalue = 0.5 WHERE tagid = 4");
            awaitApplied(cdc, "sqlt_data_1_2025_10");
            points.put(ignition + "t4 7 floatvalue", "DOUBLE 3fe0000000000000");
            points.put(ignition + "t4 9 floatvalue", "DOUBLE 3fe0000000000000");
            assertThat(migration.contents()).isEqualTo(new Contents(points));
            assertEqual(migration);
            database.execute(
                    "DROP TABLE sqlt_data_1_2025_10", "INSERT INTO temp (ts, v) VALUES (2, 3)");
            cdc.awaitApplied();
            points.put(database.iotdbDatabase() + ".list.temp 2 v", "INT32 3");
            assertThat(migration.contents()).isEqualTo(new Contents(points));
            database.execute("RENAME TABLE kept TO sqlt_data_1_2025_09");
            assertThatThrownBy(cdc::result)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("names a table " + database.name())
                    .hasMessageContaining("its rows are not in the binlog");
        }
    }

    /** Waits for what stands in the binlog, behind a restart with the table. */
    private static void awaitApplied(Replication cdc, String table) throws Exception {
        cdc.awaitApplied();
        assertThat(cdc.notes())
                .anyMatch(n -> n.contains(table) && n.contains("cdc follows from there on"));
    }

    /** Names that are looked up, a name that is a TAG, and a table a sensor. */
    @Test
    void theTableModelHasThemToo(@TempDir Path state) throws Exception {
        try (TestDatabase own = TestDatabase.create(database.servers())) {
            theTableModelHasThem(own, state);
        }
    }

    private void theTableModelHasThem(TestDatabase own, Path state) throws Exception {
        Scenario zabbix = new Scenario("zabbix");
        Scenario things = new Scenario("thingsboard");
        own.execute("DROP TABLE IF EXISTS ts_kv");
        zabbix.create(own);
        things.create(own);
        String sensor = " (at BIGINT PRIMARY KEY, v INT)";
        own.execute(
                "CREATE TABLE sensor7" + sensor,
                "CREATE TABLE sensor8" + sensor,
                "INSERT INTO sensor7 VALUES (1, 5), (2, 6)",
                "INSERT INTO sensor8 VALUES (1, 7)");
        Migration migration =
                Migration.ofTables(
                        own,
                        state,
                        zabbix.tableMappings()
                                + things.tableMappings()
                                + """
                                  - tables: sensor(\\d)
                                    timestamp_field: at
                                    timestamp_unit: ms
                                    tags: ['{table}', {name: number, field: '{1}'}]
                                    target_table: sensors
                                    measurements: [{name: v}]
                                  """,
                        zabbix.lookups()
                                + "flink: {checkpoint_interval: 200ms}\n"
                                + "cutover: {pause: lock_tables}");
        assertThat(
                        Check.run(migration.config(), false, List.of()).findings().stream()
                                .map(Finding::sentence))
                .anyMatch(s -> s.contains("look-up {itemid.hostid.host} has 3 rows"))
                .anyMatch(s -> s.contains("99, for which {itemid."));
        BackfillOutcome.Report copied = migration.restart();
        assertThat(copied.rejected()).isEqualTo(1);
        assertTables(own, zabbix, things, false);
        assertThat(TableContents.inIotdb(own, "sensors", "\"table\", number, time, v"))
                .containsExactly(
                        "<sensor7> <7> <1> <5>", "<sensor7> <7> <2> <6>", "<sensor8> <8> <1> <7>");
        assertEqual(migration);

        try (Replication cdc = migration.replicate()) {
            zabbix.change(own);
            things.change(own);
            own.execute(
                    "UPDATE sensor7 SET at = 3 WHERE at = 1",
                    "DELETE FROM sensor8",
                    "INSERT INTO sensor8 VALUES (2, NULL)");
            cdc.awaitApplied();
            assertTables(own, zabbix, things, true);
            assertThat(TableContents.inIotdb(own, "sensors", "number, time, v"))
                    .containsExactly("<7> <2> <6>", "<7> <3> <5>", "<8> <2> NULL");
            assertEqual(migration);
            CutoverReport rehearsed = Rehearsal.of(migration);
            assertThat(rehearsed.ending()).as(rehearsed.sentence()).isEqualTo(Ending.REHEARSED);
        }
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            own.execute("UPDATE items SET key_ = 'cpu' WHERE itemid = 7");
            assertThatThrownBy(cdc::result)
                    .hasMessageContaining("the name {itemid.key_} of itemid 7 was changed in ");
        }
        own.executeInTables(
                "DELETE FROM history WHERE time = 1767225601000",
                "DELETE FROM sensors WHERE time = 2 AND number = '8' AND \"table\" = 'sensor8'");
        own.execute("UPDATE items SET key_ = 'system.cpu.load' WHERE itemid = 7");
        VerifyReport repaired = Verification.run(migration, Verification.options(RepairMode.WRITE));
        assertThat(repaired.count()).isEqualTo(2);
        assertTables(own, zabbix, things, true);
        own.execute("DROP TABLE sensor7, sensor8");
    }

    private static void assertTables(
            TestDatabase own, Scenario zabbix, Scenario things, boolean changed) throws Exception {
        assertThat(TableContents.inIotdb(own, "history", "host, item, time, value"))
                .isEqualTo(zabbix.tableRows(changed));
        assertThat(
                        TableContents.inIotdb(
                                own, "ts_kv", "entity_id, key, time, bool_v, str_v, long_v, dbl_v"))
                .isEqualTo(things.tableRows(changed));
    }

    /** Of rows that all can be mapped: others stand in the way of a cutover. */
    @Test
    void aCutoverIsRehearsedWithAPatternAndATimeInText(@TempDir Path state) throws Exception {
        String columns = " (tagid INT, at VARCHAR(30), v DOUBLE, PRIMARY KEY (tagid, at))";
        database.execute(
                "CREATE TABLE day_1" + columns,
                "CREATE TABLE day_2" + columns,
                "CREATE TABLE dag_3" + columns,
                "INSERT INTO day_1 VALUES (1, '2026-01-01 00:00:00', 1)",
                "INSERT INTO day_2 VALUES (1, '2026-01-02 00:00:00', 2)");
        String mapping =
                """
                - tables: day_(\\d)
                  timestamp_field: at
                  timestamp_format: yyyy-MM-dd HH:mm:ss
                  device_template: DB.day.t{tagid}
                  measurements: [{name: v}]
                """;
        String quick = "flink: {checkpoint_interval: 200ms}\ncutover: {pause: lock_tables}";
        Migration migration = new Migration(database, state, mapping, quick);
        database.execute("CREATE TABLE day_9" + columns);
        migration.restart();
        database.execute(
                "INSERT INTO day_9 VALUES (9, '2026-01-09 00:00:00', 9)", "DROP TABLE day_9");
        try (Replication cdc = migration.replicate()) {
            assertThatThrownBy(cdc::result)
                    .hasMessageContaining("has rows of it that were not applied and cannot be read")
                    .hasMessageContaining("backfill --restart")
                    .hasMessageNotContaining("on_partition_drop");
        }
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            assertThat(Verification.run(migration, Verification.options(5)).equal()).isTrue();
            database.execute(
                    "UPDATE day_1 SET at = '2026-01-01 00:00:01'",
                    "INSERT INTO day_2 VALUES (2, '2026-01-02 00:00:00', 3)");
            CutoverReport rehearsed = Rehearsal.of(migration);
            assertThat(rehearsed.ending()).as(rehearsed.sentence()).isEqualTo(Ending.REHEARSED);
        }
        String missing = "CREATE TABLE IF NOT EXISTS ";
        database.execute(
                missing + "dag_3" + columns,
                missing + "day_4" + columns,
                "INSERT INTO day_4 VALUES (4, '2026-01-04 00:00:00', 4)");
        Migration wider = new Migration(database, state, mapping.replace("day_", "da[gy]_"), quick);
        try (Replication cdc = wider.replicate()) {
            assertThatThrownBy(cdc::result)
                    .hasMessageContaining("dag_3 matches tables: da[gy]_(\\d) and was not copied")
                    .hasMessageContaining("does not create it, or only if it was missing");
        }
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            assertThat(migration.contents().points())
                    .containsKey(database.iotdbDatabase() + ".day.t4 1767484800000 v");
            database.execute(
                    "INSERT INTO day_1 VALUES (8, '2026-01-01 00:00:08', 8)", "DROP TABLE day_1");
            assertThatThrownBy(cdc::result)
                    .hasMessageContaining("takes away all rows of " + database.name() + ".day_1")
                    .hasMessageContaining("as history, set on_partition_drop: ignore");
        }
        try (Replication cdc = migration.replicate()) {
            assertThatThrownBy(cdc::result)
                    .hasMessageContaining(
                            "took " + database.name() + ".day_1 away from tables: day_")
                    .hasMessageContaining("while cdc did not run")
                    .hasMessageContaining("set on_partition_drop: ignore");
        }
        database.execute(
                "INSERT INTO day_4 VALUES (9, '2026-01-04 00:00:09', 9)",
                "DROP TABLE day_4",
                "INSERT INTO day_2 VALUES (5, '2026-01-02 00:00:05', 5)");
        Migration keeping =
                new Migration(
                        database,
                        state,
                        mapping.replace(
                                "  timestamp_field",
                                "  on_partition_drop: ignore\n  timestamp_field"),
                        quick);
        try (Replication cdc = keeping.replicate()) {
            cdc.awaitApplied();
            String day = database.iotdbDatabase() + ".day.";
            assertThat(migration.contents().points())
                    .as("rows that only the binlog had")
                    .containsKeys(
                            day + "t1 1767225601000 v",
                            day + "t8 1767225608000 v",
                            day + "t9 1767484809000 v");
            database.execute("CREATE TABLE day_6" + columns.replace("DOUBLE", "INT"));
            assertThatThrownBy(cdc::result)
                    .hasMessageContaining("\"CREATE TABLE day_6 (tagid INT")
                    .hasMessageContaining("column v of " + database.name() + ".day_6 is INT32")
                    .hasMessageContaining(", which writes the same series, is DOUBLE; make");
        }
        try (Replication cdc = keeping.replicate()) {
            assertThatThrownBy(cdc::result)
                    .hasMessageContaining("column v of " + database.name() + ".day_6 is INT32");
        }
        database.execute("DROP TABLE day_6", "CREATE TABLE day_5" + columns);
        keeping.restart();
        database.execute(
                "INSERT INTO day_2 VALUES (3, '2026-01-02 00:00:03', 3)", "DROP TABLE day_2");
        assertThatThrownBy(() -> keeping.replicate().result())
                .hasMessageContaining("\"DROP TABLE `day_2`")
                .hasMessageContaining(" has rows of it that were not applied and cannot be read");
        database.execute("DROP TABLE day_5, dag_3");
        database.executeInIotdb("DELETE TIMESERIES DB.day.**");
    }

    @Test
    void refusesPatternsThatAreWrong(@TempDir Path state) throws Exception {
        database.execute("CREATE TABLE zone09 (time TIMESTAMP PRIMARY KEY, v INT)");
        String zone =
                ", timestamp_field: time, device_template: 'DB.i.{table}', measurements: all}\n";
        assertThatThrownBy(() -> resolve(state, "- {tables: 'zn.*'" + zone))
                .hasMessageContaining("iotdb.mappings[0].tables: \"zn.*\" matches no table of")
                .hasMessageContaining("zone09");
        String two = "- {tables: 'zone.*'" + zone + "- {tables: 'z.*9'" + zone;
        assertThatThrownBy(() -> resolve(state, two))
                .hasMessageContaining("table zone09 is of two entries of iotdb.mappings, tables:")
                .hasMessageContaining("make the pattern narrower");
        MigrationConfig literal =
                resolve(state, "- {table: 'zone.*'" + zone.replace("{table}", "all"));
        assertThat(Check.run(literal, true, List.of()).findings().stream().map(Finding::sentence))
                .anyMatch(s -> s.contains("has no such table") && s.contains("write tables: for"));
    }

    private MigrationConfig resolve(Path state, String mappings) {
        return new Migration(database, state, mappings, "").config();
    }

    @AfterEach
    void drop() throws Exception {
        database.execute("DROP DATABASE IF EXISTS " + database.name() + "_b");
    }

    private void repairs(Migration migration) throws Exception {
        database.executeInIotdb(
                "DELETE FROM DB.zbx.i7.value WHERE time = 1767225600001",
                "DELETE FROM DB.log.north.valve WHERE time = 1782856800000",
                "INSERT INTO DB.press.P1(time, load_kw) ALIGNED VALUES (1767222000000, 9.0)",
                "DELETE FROM DB.fhem.attic.lamp WHERE time = 1767225601000",
                "INSERT INTO DB.fhem.attic(time, dewpoint) ALIGNED VALUES (1767225604000, 9.0)");
        VerifyReport report = Verification.run(migration, Verification.options(RepairMode.WRITE));
        assertThat(report.count()).isEqualTo(5);
        assertThat(migration.contents()).isEqualTo(all(Scenario::changed));
    }
}
