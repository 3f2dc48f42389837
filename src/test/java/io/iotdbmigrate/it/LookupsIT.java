package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Rehearsal;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.Scenario;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Names from other tables: Zabbix has that of an item two tables away. */
@ExtendWith(ServersExtension.class)
class LookupsIT {
    private static final Scenario ZABBIX = new Scenario("zabbix");

    private final TestDatabase database;
    @TempDir Path state;

    LookupsIT(TestDatabase database) {
        this.database = database;
    }

    private Migration zabbix(String... replaced) throws Exception {
        String mappings = ZABBIX.mappings(database);
        String lookups = ZABBIX.lookups();
        for (int i = 0; i < replaced.length; i += 2) {
            assertThat(mappings + lookups).contains(replaced[i]);
            mappings = mappings.replace(replaced[i], replaced[i + 1]);
            lookups = lookups.replace(replaced[i], replaced[i + 1]);
        }
        return new Migration(
                database,
                state,
                "Europe/Berlin",
                mappings,
                lookups + "flink: {checkpoint_interval: 200ms}\ncutover: {pause: lock_tables}");
    }

    private static Stream<String> sentences(MigrationConfig config) {
        return Check.run(config, false, List.of()).findings().stream().map(Finding::sentence);
    }

    @BeforeEach
    void create() throws Exception {
        database.execute("DROP TABLE IF EXISTS hosts, items, history_dbl, history_old");
        ZABBIX.create(database);
    }

    @Test
    void itemsArriveUnderTheirHostsAndNames() throws Exception {
        Migration migration = zabbix();
        assertThat(sentences(migration.config()))
                .anyMatch(s -> s.contains("look-up {itemid.hostid.host} has 3 rows, about 1 KiB"))
                .anyMatch(s -> s.contains("its rows have 2 names, which make 3 series"))
                .anyMatch(
                        s ->
                                s.contains("1 of 8 rows have a name that IoTDB cannot have")
                                        && s.contains("99, for which {itemid."));

        BackfillOutcome.Report copied = migration.restart();

        assertThat(copied.rejected()).isEqualTo(1);
        assertThat(migration.contents()).isEqualTo(ZABBIX.expected(database));
        VerifyReport equal = Verification.run(migration, Verification.options());
        assertThat(Verification.lines(equal, database)).isEmpty();
        CountReport counts = Verification.counts(migration, Verification.options());
        assertThat(counts.devices()).isEmpty();
        database.executeInIotdb(
                "DELETE FROM DB.zabbix.web1.`system.cpu.load` WHERE time = 1767225601000");
        VerifyReport repaired = Verification.run(migration, Verification.options(RepairMode.WRITE));
        assertThat(repaired.count()).isEqualTo(1);
        assertThat(migration.contents()).isEqualTo(ZABBIX.expected(database));
    }

    @Test
    void cdcFollowsNewKeysAndStopsAtARename() throws Exception {
        Migration migration = zabbix();
        migration.restart();
        database.execute(
                "INSERT INTO items VALUES (30, 2, 'late', 0)",
                "INSERT INTO history_dbl (itemid, clock, value) VALUES (30, 1767225600, 7)");
        Map<String, String> points = new TreeMap<>(ZABBIX.changed(database).points());
        points.put(point("`db-1` 1767225600000 late"), "DOUBLE 401c000000000000");
        try (Replication cdc = migration.replicate()) {
            ZABBIX.change(database);
            cdc.awaitApplied();
            assertThat(migration.contents().points()).isEqualTo(points);
            assertEqual(migration);
            database.execute(
                    "DELETE FROM items WHERE itemid = 8",
                    "UPDATE history_dbl SET value = 6 WHERE itemid = 8",
                    "INSERT INTO items VALUES (31, 3, 'icmploss', 0)",
                    "INSERT INTO history_dbl (itemid, clock, value) VALUES (31, 1767225800, 1)");
            CutoverReport rehearsed = Rehearsal.of(migration);
            assertThat(rehearsed.ending()).as(rehearsed.sentence()).isEqualTo(Ending.REHEARSED);
        }
        points.put(point("`db-1` 1767225602000 `system.cpu.load`"), "DOUBLE 4018000000000000");
        points.put(point("`gw-3` 1767225800000 icmploss"), "DOUBLE 3ff0000000000000");
        assertThat(migration.contents().points()).isEqualTo(points);
        assertEqual(migration);

        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            database.execute(
                    "INSERT INTO history_dbl (itemid, clock, value) VALUES (30, 1767225700, 8),"
                            + " (20, 1767225700, 9)",
                    "UPDATE items SET key_ = 'cpu' WHERE itemid = 7",
                    "INSERT INTO history_dbl (itemid, clock, value) VALUES (7, 1767225700, 10)");
            assertThatThrownBy(cdc::result)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("the name {itemid.key_} of itemid 7 was changed in ")
                    .hasMessageContaining(".items at ")
                    .hasMessageContaining("from \"system.cpu.load\" to \"cpu\"")
                    .hasMessageContaining("set on_rename: fork for iotdb.lookups.itemid");
        }
        points.put(point("`db-1` 1767225700000 late"), "DOUBLE 4020000000000000");
        points.put(point("`gw-3` 1767225700000 icmpping"), "DOUBLE 4022000000000000");
        Migration forking =
                zabbix("table: items, key: itemid", "table: items, key: itemid, on_rename: fork");
        try (Replication cdc = forking.replicate()) {
            cdc.awaitApplied();
            points.put(point("web1 1767225700000 cpu"), "DOUBLE 4024000000000000");
            assertThat(migration.contents().points()).isEqualTo(points);
            cdc.await(
                    progress ->
                            cdc.notes().stream()
                                    .anyMatch(
                                            note ->
                                                    note.contains(
                                                            "renamed from \"system.cpu.load\" to"
                                                                    + " \"cpu\"")));
            Verification.run(migration, Verification.options(RepairMode.WRITE_AND_DELETE));
            String old = point("web1 ");
            Map<String, String> moved = new TreeMap<>();
            points.forEach(
                    (point, value) ->
                            moved.put(
                                    point.startsWith(old)
                                            ? point.replace("`system.cpu.load`", "cpu")
                                            : point,
                                    value));
            assertThat(migration.contents().points()).isEqualTo(moved);
            assertEqual(migration);
            database.execute("TRUNCATE TABLE hosts");
            assertThatThrownBy(cdc::result)
                    .hasMessageContaining("takes away all rows of " + database.name() + ".hosts");
        }
    }

    /** Also a row that waits for its host since the backfill. */
    @Test
    void rowsMayGetAnotherKey() throws Exception {
        database.execute(
                "INSERT INTO items VALUES (50, 5, 'late', 0)",
                "INSERT INTO history_dbl (itemid, clock, value) VALUES (50, 1767225600, 7)",
                "DELETE FROM history_dbl WHERE itemid = 99");
        Migration migration = zabbix();
        migration.restart();
        Map<String, String> points = new TreeMap<>(migration.contents().points());
        points.put(point("late 1767225600000 late"), "DOUBLE 401c000000000000");
        try (Replication cdc = migration.replicate()) {
            database.execute(
                    "INSERT INTO hosts (hostid, host) VALUES (5, 'late')",
                    "UPDATE items SET itemid = 90 WHERE itemid = 9");
            cdc.awaitApplied();
            String copy =
                    "INSERT INTO history_dbl SELECT %s, clock, value, ns FROM history_dbl"
                            + " WHERE itemid = 9";
            database.execute(copy.formatted("90"));
            cdc.awaitApplied();
            database.execute("DELETE FROM history_dbl WHERE itemid = 9");
            cdc.awaitApplied();
            assertThat(migration.contents().points()).isEqualTo(points);
            assertEqual(migration);
            database.execute("DELETE FROM history_dbl WHERE itemid = 90 AND ns = 0");
            cdc.awaitApplied();
        }
        points.remove(point("web1 1767225600000 `vfs.fs.size[/,free]`"));
        assertThat(migration.contents().points()).isEqualTo(points);
    }

    private String point(String inZabbix) {
        return database.iotdbDatabase() + ".zabbix." + inZabbix;
    }

    private void assertEqual(Migration migration) throws Exception {
        VerifyReport report = Verification.run(migration, Verification.options());
        assertThat(Verification.lines(report, database)).isEmpty();
        assertThat(Verification.counts(migration, Verification.options()).devices()).isEmpty();
    }

    @Test
    void refusesLookupsThatCannotTellRowsApart() throws Exception {
        assertThat(sentences(zabbix("{itemid.hostid.host}", "all").config()))
                .anyMatch(
                        s ->
                                s.contains("the same name system.cpu.load")
                                        && s.contains("could not be told apart"));
        assertThat(sentences(zabbix("{itemid.hostid.host}", "h_{itemid.hostid.host/}").config()))
                .anyMatch(
                        s ->
                                s.contains("makes several nodes of a part of a node")
                                        && s.contains("put a separator into the braces once"));
        assertThatThrownBy(() -> zabbix("key: hostid", "key: status").restart())
                .hasMessageContaining("iotdb.lookups.itemid.hostid: status of ")
                .hasMessageContaining("is not unique: 0 is in two rows");
        assertThatThrownBy(() -> zabbix("table: hosts", "table: host").restart())
                .hasMessageContaining(".host is not there");
        assertThatThrownBy(() -> zabbix("itemid.hostid: {", "itemd.hostid: {").config())
                .hasMessageContaining("looks up a column of itemd, which is no look-up");
    }
}
