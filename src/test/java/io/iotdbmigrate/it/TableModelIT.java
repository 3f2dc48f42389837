package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Rehearsal;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TableContents;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** IoTDB's table model as the target: what is special to rows, TAGs and tables. */
@ExtendWith(ServersExtension.class)
class TableModelIT {
    private static final String READINGS =
            """
            - table: Reading
              timestamp_field: ts
              timestamp_unit: ms
              tags: [Site, dev]
              measurements: all
            """;
    private static final String FREQUENT = "flink: {checkpoint_interval: 1s}";
    private static final String COLUMNS = "site, dev, time, id, temperature, note";

    private static void create(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE Reading (id INT PRIMARY KEY, Site VARCHAR(20) COLLATE utf8mb4_bin,"
                        + " dev INT, ts BIGINT NOT NULL, Temperature DOUBLE, note VARCHAR(20), KEY (dev, ts))");
    }

    private static String mysql() {
        return "SELECT Site, dev, ts, id, Temperature, note FROM Reading";
    }

    private static void assertSame(TestDatabase database) throws Exception {
        assertThat(TableContents.inIotdb(database, "reading", COLUMNS))
                .isEqualTo(TableContents.inMysql(database, mysql()));
    }

    @Test
    void copiesComparesAndRepairs(TestDatabase database, @TempDir Path state) throws Exception {
        create(database);
        database.insert("Reading", 5_000, "n, CONCAT('s', n % 7), n % 3, n, n / 8, NULL");
        database.execute(
                "UPDATE Reading SET Site = NULL WHERE id % 11 = 0",
                "UPDATE Reading SET Site = '' WHERE id % 11 = 1",
                "UPDATE Reading SET Site = 'null' WHERE id % 11 = 2",
                "UPDATE Reading SET Site = 'it''s (a, b) \\\"x\\\"' WHERE id % 11 = 3",
                "UPDATE Reading SET note = 'z' WHERE id % 5 = 0",
                "UPDATE Reading SET Temperature = NULL WHERE id % 6 = 0");
        Migration migration = Migration.ofTables(database, state, READINGS, "");

        BackfillOutcome.Report report = migration.backfill();

        assertThat(report.rejected()).isZero();
        assertThat(report.tables().get(0).devices()).isEqualTo(33);
        assertSame(database);
        VerifyReport equal = Verification.run(migration, Verification.options());
        assertThat(equal.count()).isZero();
        assertThat(equal.equal()).isTrue();
        assertThat(equal.tables().get(0).iotdbRows()).isEqualTo(5_000);
        CountReport counts = Verification.counts(migration, Verification.options());
        assertThat(counts.equal()).isTrue();

        database.executeInTables(
                "DELETE FROM reading WHERE time = 11 AND site IS NULL AND dev = '2'",
                "INSERT INTO reading(time, site, dev, id) VALUES (7777, 's1', '1', 5)",
                "INSERT INTO reading(time, site, dev, id) VALUES (8, 's9', '1', 5)",
                "INSERT INTO reading(time, site, dev, note) VALUES (4, 's4', '1', 'w')",
                "INSERT INTO reading(time, site, dev, id) VALUES (5, 's5', '2', 77)");
        VerifyReport found = Verification.run(migration, Verification.options());
        assertThat(found.differences())
                .extracting(d -> d.kind() + " " + d.key().device() + " " + d.key().time())
                .containsExactlyInAnyOrder(
                        "missing reading(null, '2') 11",
                        "extra reading('s1', '1') 7777",
                        "extra reading('s9', '1') 8",
                        "different reading('s4', '1') 4",
                        "different reading('s5', '2') 5");
        assertThat(
                        Verification.run(
                                        migration,
                                        Verification.options(RepairMode.WRITE_AND_DELETE))
                                .equal())
                .isTrue();
        assertSame(database);

        database.execute("DELETE FROM Reading WHERE id % 2 = 0");
        migration.restart();
        assertSame(database);
    }

    /** Both paths write the same bits, which a comparison reads back. */
    @Test
    void valuesOfEveryKindAndNoTags(TestDatabase database, @TempDir Path state) throws Exception {
        database.execute(
                "CREATE TABLE v (ts DATETIME(3) NOT NULL PRIMARY KEY, b BOOLEAN, i INT, l BIGINT, u"
                        + " BIGINT UNSIGNED, f FLOAT, d DOUBLE, n DECIMAL(30,10), s VARCHAR(20), t"
                        + " TEXT, x VARBINARY(20), day DATE, at DATETIME(3), j JSON, y YEAR)",
                "CREATE TABLE one (ts BIGINT NOT NULL, v INT)",
                "INSERT INTO one VALUES (1, 1), (2, NULL), (2, 5), (3, 3), (3, NULL)");
        String rows =
                "INSERT INTO v VALUES ('%s-01-01 00:00:00.001', 1, -2147483648,"
                        + " -9223372036854775808, 9223372036854775807, 1.17549e-38,"
                        + " 0.1, 12345678901234567890.0123456789, 'a''b\\\"\n', '', x'00ff',"
                        + " '1000-01-01', '9000-12-31 23:59:59.999', '{\"a\": [1, null]}', 1999),"
                        + " ('%s-01-02', 0, 2147483647, 9223372036854775807, 0, -0e0, -0e0, -0.1,"
                        + " '', '温度', x'', '9999-12-31', '1970-01-01', 'null', 2155),"
                        + " ('%s-01-03', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
                        + " NULL, NULL, NULL, NULL, NULL)";
        database.execute(rows.formatted("1969", "2020", "2021"));
        Migration migration =
                Migration.ofTables(
                        database,
                        state,
                        """
                        - table: v
                          timestamp_field: ts
                          measurements: all
                        - table: one
                          timestamp_field: ts
                          timestamp_unit: ms
                          tags: []
                          measurements: all
                        """,
                        FREQUENT);
        migration.backfill();
        VerifyReport copied = Verification.run(migration, Verification.options());
        assertThat(copied.differences()).isEmpty();
        assertThat(copied.equal()).isTrue();
        assertThat(copied.tables().get(0).iotdbRows()).isEqualTo(3);

        try (Replication replication = migration.replicate()) {
            replication.awaitSome();
            database.execute(rows.formatted("1968", "2022", "2023"));
            database.execute("UPDATE one SET v = NULL WHERE ts = 1");
            replication.awaitApplied();
        }
        VerifyReport followed = Verification.run(migration, Verification.options());
        assertThat(followed.differences()).isEmpty();
        assertThat(followed.tables().get(0).iotdbRows()).isEqualTo(6);
        assertThat(followed.tables().get(1).iotdbRows()).isEqualTo(3);
    }

    /** Rows that lie side by side go as ranges; those between which others lie stay. */
    /** IoTDB keeps each week in files of its own, and one tablet has all of these devices. */
    @Test
    void devicesOfOneTabletMayBeOfOtherWeeks(TestDatabase database, @TempDir Path state)
            throws Exception {
        database.execute("CREATE TABLE w (d INT, ts BIGINT, v INT, PRIMARY KEY (ts, d))");
        database.insert("w", 600, "n % 3, 1600000000000 - n % 3 * 9999999999 + n * 43210000, n");
        Migration migration =
                Migration.ofTables(
                        database,
                        state,
                        """
                        - table: w
                          timestamp_field: ts
                          timestamp_unit: ms
                          measurements: [{name: v}]
                        """,
                        "");
        migration.backfill();
        database.executeInTables("FLUSH");

        for (long week = 1_570_000_000_000L; week < 1_640_000_000_000L; week += 4_000_000_000L) {
            String of = " WHERE %s >= " + week + " AND %1$s < " + (week + 4_000_000_000L);
            assertThat(TableContents.inIotdb(database, "w" + of.formatted("time"), "d, time, v"))
                    .isEqualTo(
                            TableContents.inMysql(
                                    database, "SELECT d, ts, v FROM w" + of.formatted("ts")));
        }
        assertThat(Verification.run(migration, Verification.options()).equal()).isTrue();
    }

    @Test
    void aPurgeLeavesTheRowsBetween(TestDatabase database, @TempDir Path state) throws Exception {
        create(database);
        database.insert("Reading", 30_000, "n, CONCAT('s', n % 5), n % 2, n, n / 8, 'x'");
        Migration migration = Migration.ofTables(database, state, READINGS, FREQUENT);
        migration.backfill();

        try (Replication replication = migration.replicate()) {
            replication.awaitSome();
            database.execute("DELETE FROM Reading WHERE ts < 25000 AND ts % 1000 > 100");
            replication.awaitApplied();
        }

        assertSame(database);
        assertThat(Verification.run(migration, Verification.options()).equal()).isTrue();

        database.executeInTables("DROP TABLE reading");
        assertThatThrownBy(() -> migration.replicate().result())
                .hasMessageContaining("table reading of IoTDB's database " + database.name())
                .hasMessageContaining("is gone, and rows were copied to it");
    }

    @Test
    void checkComparesTheTable(TestDatabase database, @TempDir Path state) throws Exception {
        create(database);
        database.execute("INSERT INTO Reading VALUES (1, 's', 1, 5, 1.5, 'x')");
        Migration migration = Migration.ofTables(database, state, READINGS, "");

        assertThat(findings(migration))
                .contains("OK Reading: table reading does not exist")
                .contains("(apache/iotdb#18634); cdc runs FLUSH before it deletes such a row")
                .contains("can lose deletions that cdc makes while IoTDB compacts files")
                .doesNotContain("inner_compaction_task_selection_mods_file_threshold");
        database.executeInTables("CREATE DATABASE " + database.name());
        for (String[] table :
                new String[][] {
                    {"dev STRING TAG, site STRING TAG", "has the TAGs (dev, site)"},
                    {"site STRING TAG, dev STRING TAG, id INT64 FIELD", "FIELD id as INT64"},
                    {"site STRING TAG, dev STRING TAG, id INT32 FIELD", "lacks the FIELD temp"},
                    {
                        "site STRING TAG, dev STRING TAG, id INT32 FIELD, temperature DOUBLE FIELD,"
                                + " note TEXT FIELD, more TEXT FIELD",
                        "has a FIELD more that the mapping does not write"
                    },
                }) {
            database.executeInTables("CREATE TABLE reading (" + table[0] + ")");
            assertThat(findings(migration)).contains("ERROR Reading: table").contains(table[1]);
            assertThatThrownBy(migration::backfill).hasStackTraceContaining(table[1]);
            database.executeInTables("DROP TABLE reading");
        }
        database.executeInTables(
                "CREATE TABLE reading (site STRING TAG, dev STRING TAG, id INT32 FIELD, temperature"
                        + " DOUBLE FIELD, note TEXT FIELD) WITH (TTL=86400000)");
        assertThat(findings(migration)).contains("keeps 1 days").contains("WARNING Reading: table");
        database.executeInTables("ALTER TABLE reading SET PROPERTIES TTL='INF'");
        assertThat(findings(migration)).doesNotContain("ERROR");
        database.executeInIotdb("CREATE DATABASE DB");
        assertThat(findings(migration))
                .contains("ERROR " + database.name() + ": is also a database of IoTDB's tree");
        assertThat(
                        findings(
                                new Migration(
                                        database,
                                        state,
                                        """
                                        - table: Reading
                                          timestamp_field: ts
                                          device_template: DB.r.{dev}
                                          measurements: [{name: id}]
                                        """,
                                        "")))
                .contains("has the name of a database of IoTDB's table model");
        database.executeInIotdb("DELETE DATABASE DB");
    }

    private static String findings(Migration migration) {
        return Check.run(migration.config(), false, List.of()).findings().stream()
                .map(f -> f.severity() + " " + f.sentence())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void followsChanges(TestDatabase database, @TempDir Path state) throws Exception {
        create(database);
        database.execute(
                "CREATE TABLE keyed (ts BIGINT NOT NULL, dev INT NOT NULL, v INT, w VARCHAR(9),"
                        + " PRIMARY KEY (dev, ts))",
                "CREATE TABLE bare (ts BIGINT NOT NULL, dev INT NOT NULL, PRIMARY KEY (dev, ts))",
                "CREATE TABLE marked (ts BIGINT NOT NULL, dev INT NOT NULL, v INT, w INT,"
                        + " PRIMARY KEY (dev, ts))");
        database.insert("Reading", 600, "n, CONCAT('s', n % 7), n % 3, n, n / 8, 'x'");
        database.insert("keyed", 600, "n, n % 5, n, 'y'");
        database.insert("bare", 100, "n, n % 5");
        database.insert("marked", 100, "n, n % 5, n, n");
        Migration migration =
                Migration.ofTables(
                        database,
                        state,
                        READINGS
                                + """
                                  - table: keyed
                                    timestamp_field: ts
                                    timestamp_unit: ms
                                    measurements: all
                                  - table: bare
                                    timestamp_field: ts
                                    timestamp_unit: ms
                                    measurements: all
                                    target_table: Bare_Rows
                                  - table: marked
                                    timestamp_field: ts
                                    timestamp_unit: ms
                                    on_delete: mark
                                    measurements: all
                                  """,
                        FREQUENT);
        migration.backfill();

        try (Replication replication = migration.replicate()) {
            replication.awaitSome();
            database.execute(
                    "UPDATE Reading SET Temperature = NULL, note = NULL WHERE id % 10 = 1",
                    "UPDATE Reading SET id = -1, Temperature = NULL, note = NULL WHERE id = 7",
                    "UPDATE Reading SET Site = NULL WHERE id % 10 = 2",
                    "UPDATE Reading SET Site = 'null' WHERE id % 10 = 3",
                    "UPDATE Reading SET Site = '' WHERE id % 10 = 4",
                    "DELETE FROM Reading WHERE id % 10 = 5",
                    "INSERT INTO Reading VALUES (5, NULL, NULL, 5, 1.5, NULL)",
                    "INSERT INTO Reading VALUES (1000, 's1', 1, 1, 9.5, NULL)",
                    "UPDATE keyed SET v = NULL, w = NULL WHERE ts % 4 = 1",
                    "UPDATE keyed SET v = NULL WHERE ts % 4 = 2",
                    "UPDATE keyed SET ts = ts + 100000 WHERE ts % 7 = 0",
                    "DELETE FROM keyed WHERE ts % 9 = 0",
                    "INSERT INTO keyed VALUES (9, 4, NULL, NULL)",
                    "DELETE FROM bare WHERE ts < 20",
                    "INSERT INTO bare VALUES (777, 3)",
                    "DELETE FROM marked WHERE ts < 20",
                    "INSERT INTO marked VALUES (7, 2, 5, NULL), (8, 3, 6, 7)");
            replication.awaitApplied();
            database.execute(
                    "DELETE FROM Reading WHERE Site IS NULL AND id % 20 = 2",
                    "DELETE FROM Reading WHERE id = 1000",
                    "UPDATE Reading SET note = 'again' WHERE id % 10 = 1",
                    "DELETE FROM marked WHERE ts = 7");
            replication.awaitApplied();
        }

        assertSame(database);
        assertThat(TableContents.inIotdb(database, "keyed", "dev, time, v, w"))
                .isEqualTo(TableContents.inMysql(database, "SELECT dev, ts, v, w FROM keyed"));
        assertThat(TableContents.inIotdb(database, "bare_rows", "dev, time"))
                .isEqualTo(TableContents.inMysql(database, "SELECT dev, ts FROM bare"));
        assertThat(
                        TableContents.inIotdb(
                                database, "marked WHERE _deleted IS NULL", "dev, time, v, w"))
                .isEqualTo(TableContents.inMysql(database, "SELECT dev, ts, v, w FROM marked"));
        assertThat(TableContents.inIotdb(database, "marked WHERE _deleted", "time")).hasSize(19);
        VerifyReport report = Verification.run(migration, Verification.options());
        assertThat(Verification.counts(migration, Verification.options()).equal()).isTrue();
        assertThat(report.differences()).isEmpty();
        assertThat(report.equal()).isTrue();
    }

    private static final String TALL =
            """
            - table: history
              timestamp_field: [clock, ns]
              timestamp_unit: [s, ns]
              tags: [itemid.hostid.host]
              pivot: true
              measurements: [{name: '{itemid.key_}', field: value}]
            - table: note
              timestamp_field: at
              timestamp_unit: ms
              pivot: true
              measurements: [{name: '{reading}', field: text}]
            """;

    private static String column(String name) {
        return "MAX(IF(name = '" + name + "', v, NULL))";
    }

    private static void assertCells(TestDatabase database) throws Exception {
        assertThat(
                        TableContents.inIotdb(
                                database,
                                "history",
                                "host, time, \"cpu[all,avg1]\", \"mem free\", \"vfs.fs\""))
                .isEqualTo(
                        TableContents.inMysql(
                                database,
                                "SELECT host, clock * 1000, "
                                        + column("cpu[all,avg1]")
                                        + ", "
                                        + column("Mem free")
                                        + ", "
                                        + column("vfs.fs")
                                        + " FROM (SELECT host, clock, key_ AS name, value AS v"
                                        + " FROM history JOIN items USING (itemid) JOIN hosts"
                                        + " USING (hostid) WHERE value IS NOT NULL AND (itemid, clock)"
                                        + " NOT IN (SELECT itemid, clock FROM history WHERE ns = 1)) AS t"
                                        + " GROUP BY"
                                        + " host, clock"));
        assertThat(
                        TableContents.inIotdb(
                                database, "note", "dev, time, volt, amp, ohm, \"温度\", \"new one\""))
                .isEqualTo(
                        TableContents.inMysql(
                                database,
                                "SELECT dev, at, "
                                        + column("Volt")
                                        + ", "
                                        + column("amp")
                                        + ", "
                                        + column("OHM")
                                        + ", "
                                        + column("温度")
                                        + ", "
                                        + column("New one")
                                        + " FROM (SELECT dev, at, reading AS name, text AS v FROM"
                                        + " note WHERE text IS NOT NULL AND reading NOT IN ('',"
                                        + " 'Time', 'DEV')) AS t GROUP BY dev, at"));
    }

    /** A row of MySQL is a value there: clearing one leaves the others of its row. */
    @Test
    void namesOfATallTableBecomeColumns(TestDatabase database, @TempDir Path state)
            throws Exception {
        database.execute(
                "CREATE TABLE hosts (hostid INT PRIMARY KEY, host VARCHAR(20))",
                "CREATE TABLE items (itemid INT PRIMARY KEY, hostid INT, key_ VARCHAR(40))",
                "CREATE TABLE history (itemid INT, clock INT, ns INT, value DOUBLE, PRIMARY KEY"
                        + " (itemid, clock, ns))",
                "CREATE TABLE note (dev INT, reading VARCHAR(20), at BIGINT, text VARCHAR(20),"
                        + " PRIMARY KEY (dev, reading, at))",
                "INSERT INTO hosts VALUES (1, 'one'), (2, 'it''s two')",
                "INSERT INTO items VALUES (1, 1, 'cpu[all,avg1]'), (2, 1, 'Mem free'), (3, 1,"
                        + " 'vfs.fs'), (4, 2, 'cpu[all,avg1]'), (5, 2, 'Mem free'), (6, 2, 'vfs.fs')",
                "INSERT INTO note VALUES (1, 'Time', 1, 'x'), (1, 'DEV', 1, 'y'), (1, '', 1, 'z')");
        database.insert("history", 600, "n % 6 + 1, n DIV 6, 0, n / 8");
        database.insert(
                "note",
                900,
                "n % 3, ELT(n % 4 + 1, 'Volt', 'amp', 'OHM', '温度'), n DIV 12, IF(n % 10 = 0, NULL,"
                        + " CONCAT('x', n))");
        database.execute("INSERT INTO history VALUES (1, 50, 1, NULL), (5, 51, 1, NULL)");
        Migration migration =
                Migration.ofTables(
                        database,
                        state,
                        TALL,
                        "  lookups:\n    itemid: {table: items, key: itemid}\n"
                                + "    itemid.hostid: {table: hosts, key: hostid}\n"
                                + "backfill: {parallelism: 2, chunk_rows: 100}\n"
                                + "cutover: {pause: lock_tables}\n"
                                + FREQUENT);
        assertThat(findings(migration))
                .contains("OK history: its rows have 3 names, which make as many columns of table")
                .contains("WARNING note: has rows of the name Time, and another column")
                .contains("WARNING note: has rows of the name DEV, and another column")
                .doesNotContain("ERROR");

        BackfillOutcome.Report report = migration.backfill();

        assertThat(report.rejected()).isEqualTo(3);
        database.execute("INSERT INTO note VALUES (0, 'New one', 5000, 'first')");
        try (Replication replication = migration.replicate()) {
            replication.awaitApplied();
            assertCells(database);
            database.execute(
                    "UPDATE note SET text = NULL WHERE dev = 1 AND at % 5 = 0",
                    "UPDATE note SET text = 'now' WHERE text IS NULL AND dev = 2",
                    "DELETE FROM note WHERE reading = 'amp' AND at % 7 = 1",
                    "DELETE FROM note WHERE at = 3",
                    "UPDATE note SET reading = 'New one' WHERE reading = 'OHM' AND at < 20",
                    "UPDATE note SET dev = 9 WHERE dev = 1 AND at BETWEEN 30 AND 40",
                    "UPDATE note SET at = at + 1000 WHERE reading = 'Volt' AND at > 60",
                    "UPDATE history SET value = NULL WHERE itemid = 1 AND clock % 4 = 0",
                    "DELETE FROM history WHERE itemid IN (2, 4) AND clock % 3 = 0",
                    "INSERT INTO items VALUES (7, 1, 'new')",
                    "INSERT INTO history VALUES (7, 5, 0, 1.5)");
            replication.awaitApplied();
            assertCells(database);
            assertThat(Verification.run(migration, Verification.options(5)).differences())
                    .isEmpty();
            assertThatThrownBy(
                            () ->
                                    Verification.run(
                                            migration, Verification.options(RepairMode.WRITE)))
                    .hasMessageContaining("cdc writes its rows anew while it runs; stop cdc");
            database.execute(
                    "INSERT INTO note VALUES (1, 'amp', 1, 'back'), (1, 'amp', 15, NULL)",
                    "UPDATE note SET text = 'again' WHERE text IS NULL AND at % 2 = 0",
                    "DELETE FROM history WHERE itemid = 7");
            CutoverReport rehearsed = Rehearsal.of(migration);
            assertThat(rehearsed.ending()).as(rehearsed.sentence()).isEqualTo(Ending.REHEARSED);
        }
        assertCells(database);
        assertThat(Verification.counts(migration, Verification.options()).equal()).isTrue();

        // A killed cdc leaves its note; a deletion that is half done shows an older value.
        database.executeInTables(
                "DELETE FROM note WHERE time = 10 AND dev = '2'",
                "INSERT INTO note(time, dev, amp) VALUES (11, '0', 'older')",
                "INSERT INTO _cells_note(time, slot, number, entry) VALUES (0, 'killed', 7, X'"
                        + noted("note('2', 'OHM')", 10, "x122")
                        + noted("note('2', 'Volt')", 10, "x128")
                        + "'), (1, 'killed', 7, X'"
                        + noted("note('0', 'amp')", 11, "x141")
                        + "'), (2, 'killed', 6, X'"
                        + noted("note('0', 'amp')", 11, "of another note")
                        + "'), (0, 'done', 0, X'"
                        + noted("note('0', 'amp')", 12, "of no note")
                        + "')");
        try (Replication replication = migration.replicate()) {
            replication.awaitSome();
            replication.awaitApplied();
        }
        assertThat(
                        TableContents.inIotdb(
                                database,
                                "note WHERE dev = '2' AND time = 10",
                                "volt, amp, \"new one\", ohm"))
                .containsExactly("<x128> NULL NULL <x122>");
        assertThat(TableContents.inIotdb(database, "note WHERE dev = '0' AND time = 11", "amp"))
                .containsExactly("<x141>");
        assertThat(
                        TableContents.inIotdb(
                                database, "_cells_note WHERE time = 0 AND number <> 0", "slot"))
                .isEmpty();

        database.executeInTables(
                "DELETE FROM note WHERE time = 20 AND dev = '0'",
                "INSERT INTO note(time, dev, amp, ohm) VALUES (21, '0', 'wrong', 'w')",
                "INSERT INTO note(time, dev, volt) VALUES (3, '0', 'extra')");
        VerifyReport found =
                Verification.run(migration, Verification.options(RepairMode.WRITE_AND_DELETE));
        assertThat(found.differences())
                .extracting(d -> d.kind() + " " + d.key().device() + " " + d.key().time())
                .contains(
                        "missing note('0', 'amp') 20",
                        "different note('0', 'amp') 21",
                        "extra note('0', 'Volt') 3",
                        "extra note('2', 'OHM') 10")
                .doesNotContain("different note('0', 'amp') 11", "different note('0', 'amp') 12");
        assertThat(found.equal()).isTrue();
        assertCells(database);

        database.execute("INSERT INTO note VALUES (7, 'VOLT', 1, 'loud')");
        assertThatThrownBy(() -> migration.replicate().result())
                .hasMessageContaining("Volt and VOLT would be one column of table note");
    }

    /** Returns a text in a note of values, in hexadecimal digits. */
    private static String noted(String device, long time, String text) {
        byte[] of = device.getBytes(StandardCharsets.UTF_8);
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of()
                .formatHex(
                        ByteBuffer.allocate(of.length + value.length + 16)
                                .putInt(of.length)
                                .put(of)
                                .putLong(time)
                                .putInt(value.length)
                                .put(value)
                                .array());
    }

    private static final String VERSIONED =
            """
            - table: versioned
              timestamp_field: ts
              timestamp_unit: ms
              tags: [site, dev]
              on_update: version
              measurements: all
            - table: labelled
              timestamp_field: ts
              timestamp_unit: ms
              tags: [dev]
              attributes: [{name: label, field: dev.name}]
              measurements: all
            """;

    /** First values stay as they are, and the k-th correction is a row with k in its own TAG. */
    @Test
    void correctionsHaveATagOfTheirOwn(TestDatabase database, @TempDir Path state)
            throws Exception {
        database.execute(
                "CREATE TABLE versioned (site VARCHAR(9), dev VARCHAR(9) NOT NULL, ts BIGINT NOT"
                        + " NULL, a INT, b VARCHAR(9), KEY (dev, ts))",
                "CREATE TABLE sensor (id INT PRIMARY KEY, name VARCHAR(20))",
                "CREATE TABLE labelled (dev INT, ts BIGINT, v INT, PRIMARY KEY (dev, ts))",
                "INSERT INTO versioned VALUES ('s', 'x', 1, 1, 'one'), ('s', 'x', 2, 2, NULL),"
                        + " (NULL, 'x', 1, 3, 'null'), (NULL, 'x', 2, 4, 'null'), ('s', 'y', 1, 5,"
                        + " 'y'), ('s', 'y', 2, 6, 'y'), ('s', 'y', 3, 7, 'y')",
                "INSERT INTO sensor VALUES (1, 'one'), (2, 'two')",
                "INSERT INTO labelled VALUES (1, 1, 1), (2, 1, 1)");
        Migration migration =
                Migration.ofTables(
                        database,
                        state,
                        VERSIONED,
                        "  lookups: {dev: {table: sensor, key: id}}\n" + FREQUENT);
        database.executeInTables(
                "CREATE DATABASE " + database.name(),
                "CREATE TABLE versioned (site STRING TAG, dev STRING TAG, a INT32 FIELD, b TEXT"
                        + " FIELD)");
        assertThatThrownBy(migration::backfill)
                .hasStackTraceContaining("lacks the TAG _version of on_update: version; run ALTER");
        database.executeInTables("ALTER TABLE versioned ADD COLUMN \"_version\" STRING TAG");
        migration.backfill();

        try (Replication replication = migration.replicate()) {
            replication.awaitSome();
            for (int k = 1; k <= 10; k++) {
                database.execute("UPDATE versioned SET a = a + 100 WHERE ts = 1 AND dev = 'x'");
            }
            database.execute(
                    "UPDATE versioned SET a = NULL, b = NULL WHERE ts = 2 AND dev = 'x'",
                    "UPDATE versioned SET a = a + 1 WHERE dev = 'y'",
                    "UPDATE sensor SET name = 'uno' WHERE id = 1",
                    "UPDATE labelled SET v = 9",
                    "DELETE FROM versioned WHERE dev = 'y' AND ts = 1",
                    "UPDATE versioned SET dev = 'z' WHERE dev = 'y' AND ts = 2");
            replication.awaitApplied();
            replication.stop();
        }
        database.execute("UPDATE versioned SET a = a + 100, b = 'b' WHERE ts = 1 AND site = 's'");
        try (Replication replication = migration.replicate()) {
            replication.awaitApplied();
            assertThat(replication.from()).contains("savepoint-");
        }

        assertThat(versions(database, "dev = 'x' AND time = 1"))
                .hasSize(23)
                .contains(
                        "<s> <x> <1> <1> <one> NULL",
                        "<s> <x> <1> <101> <one> <1>",
                        "<s> <x> <1> <1001> <one> <10>",
                        "<s> <x> <1> <1101> <b> <11>",
                        "NULL <x> <1> <1003> <null> <10>");
        assertThat(versions(database, "NOT (dev = 'x' AND time = 1)"))
                .containsExactlyInAnyOrder(
                        "<s> <x> <2> <2> NULL NULL",
                        "<s> <x> <2> NULL NULL <1>",
                        "NULL <x> <2> <4> <null> NULL",
                        "NULL <x> <2> NULL NULL <1>",
                        "<s> <y> <3> <7> <y> NULL",
                        "<s> <y> <3> <8> <y> <1>",
                        "<s> <z> <2> <7> <y> NULL");
        assertThat(TableContents.inIotdb(database, "labelled", "dev, time, v, label"))
                .containsExactly("<1> <1> <9> <uno>", "<2> <1> <9> <two>");
        assertThat(Verification.run(migration, Verification.options()).differences()).isEmpty();
        assertThat(Verification.counts(migration, Verification.options()).equal()).isTrue();

        database.executeInTables(
                "DELETE FROM versioned WHERE site = 's' AND dev = 'x' AND \"_version\" = '11' AND"
                        + " time = 1",
                "DELETE FROM versioned WHERE site = 's' AND dev = 'z' AND \"_version\" IS NULL AND"
                        + " time = 2");
        VerifyReport damaged =
                Verification.run(migration, Verification.options(RepairMode.WRITE_AND_DELETE));
        assertThat(damaged.differences())
                .extracting(d -> d.kind() + " " + d.key().device() + " " + d.key().time())
                .containsExactlyInAnyOrder(
                        "different versioned('s', 'x', null) 1",
                        "missing versioned('s', 'z', null) 2");
        assertThat(damaged.repair().notRepairable())
                .singleElement()
                .asString()
                .contains("in the device's row of the highest _version");
        assertThat(versions(database, "dev = 'z'")).containsExactly("<s> <z> <2> <7> <y> NULL");
        database.executeInTables(
                "INSERT INTO versioned(site, dev, \"_version\", time, a, b) VALUES ('s', 'x',"
                        + " '11', 1, 1101, 'b')");
        assertThat(Verification.run(migration, Verification.options()).equal()).isTrue();
    }

    private static Set<String> versions(TestDatabase database, String where) throws Exception {
        return TableContents.inIotdb(
                database, "versioned WHERE " + where, "site, dev, time, a, b, \"_version\"");
    }

    private static final String METERS =
            """
            - table: meter
              timestamp_field: ts
              timestamp_unit: ms
              tags: [site, dev]
              attributes: [model, {name: label, field: dev.name}]
              measurements: all
            - table: kept
              timestamp_field: ts
              timestamp_unit: ms
              tags: [dev]
              attributes: [{name: last_time, field: model}]
              on_delete: ignore
              measurements: [{name: v}]
            """;

    private static void assertAttributes(TestDatabase database) throws Exception {
        assertThat(TableContents.inIotdb(database, "meter", "DISTINCT site, dev, model, label"))
                .isEqualTo(
                        TableContents.inMysql(
                                database,
                                "SELECT site, dev, (SELECT model FROM meter l WHERE l.site <=>"
                                        + " m.site AND l.dev <=> m.dev ORDER BY ts DESC, id DESC"
                                        + " LIMIT 1), (SELECT NULLIF(name, '') FROM sensor WHERE"
                                        + " sensor.id = m.dev) FROM meter m GROUP BY site, dev"));
    }

    /** A device has what its last row has, however the rows came to be as they are. */
    @Test
    void attributesAreThoseOfTheLastRow(TestDatabase database, @TempDir Path state)
            throws Exception {
        database.execute(
                "CREATE TABLE sensor (id INT PRIMARY KEY, name VARCHAR(20), seen INT)",
                "CREATE TABLE meter (id INT AUTO_INCREMENT PRIMARY KEY, site VARCHAR(9), dev INT,"
                        + " ts BIGINT NOT NULL, model VARCHAR(20), v DOUBLE, KEY (dev, ts))",
                "CREATE TABLE kept (dev INT, ts BIGINT, model INT, v INT, PRIMARY KEY (dev, ts))",
                "INSERT INTO sensor VALUES (0, 'zero', 0), (1, 'it''s one', 0), (2, '', 0), (3,"
                        + " NULL, 0), (5, 'five', 0), (6, 'six', 0)",
                "INSERT INTO kept VALUES (1, 1, 10, 1), (1, 2, 20, 1), (2, 1, 10, 1)");
        database.insert(
                "meter",
                2_000,
                "NULL, IF(n % 3 = 0, NULL, CONCAT('s', n % 3)), n % 7, 5000 - n, CONCAT('m', n DIV"
                        + " 20), n / 8");
        database.execute(
                "UPDATE meter SET model = NULL WHERE dev = 4",
                "UPDATE meter SET model = '' WHERE dev = 5",
                "INSERT INTO meter(site, dev, ts, model) VALUES ('s1', 1, 9000, 'a'), ('s1', 1,"
                        + " 9000, 'b')");
        Migration migration =
                Migration.ofTables(
                        database,
                        state,
                        METERS,
                        "  lookups: {dev: {table: sensor, key: id}}\nbackfill: {chunk_rows: 100}\n"
                                + "cutover: {pause: lock_tables}\n"
                                + FREQUENT);
        migration.backfill();
        assertAttributes(database);
        assertThat(Verification.run(migration, Verification.options()).differences()).isEmpty();

        try (Replication replication = migration.replicate()) {
            replication.awaitSome();
            database.execute(
                    "INSERT INTO meter(site, dev, ts, model) VALUES ('s1', 0, 1, 'old'), ('s2', 0,"
                            + " 9000, 'new'), ('s1', 2, 9000, NULL), ('s2', 2, 9000, ''), ('new',"
                            + " 6, 1, 'first'), (NULL, NULL, 1, 'x')",
                    "UPDATE meter SET model = 'passed' WHERE ts < 4000 AND dev = 3",
                    "UPDATE meter SET model = 'b2' WHERE model = 'b'",
                    "UPDATE sensor SET name = 'five and more' WHERE id = 5",
                    "DELETE FROM kept WHERE ts = 2");
            replication.awaitApplied();
            assertAttributes(database);
            database.execute(
                    "DELETE FROM meter WHERE model = 'b2' OR model = 'new'",
                    "UPDATE meter SET ts = 1 WHERE dev = 3 AND ts > 4900",
                    "UPDATE meter SET site = 'moved' WHERE dev = 4 AND ts > 4900",
                    "DELETE FROM meter WHERE dev = 6 AND site = 's1'",
                    "UPDATE sensor SET name = 'late', seen = 1 WHERE id = 3",
                    "UPDATE sensor SET seen = 9",
                    "DELETE FROM sensor WHERE id = 1",
                    "INSERT INTO sensor VALUES (4, 'four', 0)",
                    "INSERT INTO meter(site, dev, ts, model) VALUES ('s4', 4, 1, 'm')");
            replication.awaitApplied();
            assertAttributes(database);
            assertThat(Verification.run(migration, Verification.options(5)).differences())
                    .isEmpty();
            database.execute(
                    "INSERT INTO meter(site, dev, ts, model) VALUES ('s1', 6, 3, 'again')",
                    "UPDATE sensor SET id = 1 WHERE id = 0");
            CutoverReport rehearsed = Rehearsal.of(migration);
            assertThat(rehearsed.ending()).as(rehearsed.sentence()).isEqualTo(Ending.REHEARSED);
        }
        assertAttributes(database);
        assertThat(TableContents.inIotdb(database, "kept", "DISTINCT dev, last_time"))
                .containsExactly("<1> <20>", "<2> <10>");

        database.executeInTables(
                "UPDATE meter SET model = 'wrong' WHERE site = 's1' AND dev = '5'",
                "UPDATE meter SET label = NULL, model = 'wrong' WHERE site = 's2' AND dev = '5'",
                "DELETE FROM meter WHERE time = 3 AND site = 's1' AND dev = '6'");
        VerifyReport found = Verification.run(migration, Verification.options(RepairMode.WRITE));
        assertThat(found.differences())
                .extracting(d -> d.kind() + " " + d.key().device() + " " + d.cells().size())
                .containsExactlyInAnyOrder(
                        "different meter('s1', '5') 1",
                        "different meter('s2', '5') 2",
                        "missing meter('s1', '6') 1");
        assertThat(found.equal()).isTrue();
        assertThat(found.notCompared())
                .anyMatch(s -> s.contains("attributes of 1 devices of") && s.contains("kept"));
        assertAttributes(database);
    }
}
