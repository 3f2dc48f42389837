package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Rehearsal;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TableContents;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whole tables of many that are dropped or truncated, where IoTDB is to lose their rows, too. */
@ExtendWith(ServersExtension.class)
class DroppedTablesIT {
    private final TestDatabase database;

    @TempDir Path state;

    DroppedTablesIT(TestDatabase database) {
        this.database = database;
    }

    /** Of many with one target: rows of the others stay, those too that lie between. */
    @Test
    void rowsGoWithTheirTables() throws Exception {
        String rest = "flink: {checkpoint_interval: 200ms}\ncutover: {pause: lock_tables}";
        Migration tree =
                new Migration(database, state, months("device_template: DB.month.d{dev}"), rest);
        Comparison points =
                rows -> {
                    SortedMap<String, String> found = new TreeMap<>();
                    rows.forEach(
                            (row, value) ->
                                    found.put(
                                            database.iotdbDatabase() + ".month.d" + row + " a",
                                            "INT32 " + value));
                    assertThat(tree.contents()).isEqualTo(new Contents(found));
                };
        dropsMonths(tree, points);
        dropsMore(tree, points);
        Migration table =
                Migration.ofTables(
                        database,
                        state.resolve("table"),
                        months("tags: [dev]\n  target_table: months"),
                        rest);
        dropsMonths(
                table,
                rows ->
                        assertThat(TableContents.inIotdb(database, "months", "dev, time, a"))
                                .isEqualTo(
                                        rows.entrySet().stream()
                                                .map(r -> r.getKey() + " " + r.getValue())
                                                .map(r -> "<" + r.replace(" ", "> <") + ">")
                                                .collect(Collectors.toSet())));
    }

    private static String months(String place) {
        return """
                - tables: month_(\\d+)
                  timestamp_field: t
                  timestamp_unit: ms
                  %s
                  on_partition_drop: delete
                  measurements: [{name: a}]
                """
                .formatted(place);
    }

    /** A comparison of what IoTDB has with values by device and time. */
    private interface Comparison {
        void equal(Map<String, Integer> rows) throws Exception;
    }

    private void dropsMonths(Migration migration, Comparison iotdb) throws Exception {
        database.execute(
                "DROP TABLE IF EXISTS month_1, month_2, month_3, month_4, month_5, month_new",
                "CREATE TABLE month_1 (dev INT, t BIGINT, a INT, PRIMARY KEY (dev, t))",
                "CREATE TABLE month_2 LIKE month_1",
                "CREATE TABLE month_3 LIKE month_1",
                "INSERT INTO month_1 VALUES (1, 1, 1), (1, 9, 2), (2, 15, 3), (7, 2, 4)",
                "INSERT INTO month_2 VALUES (1, 9, 5), (1, 10, 6), (2, 19, 7)",
                "INSERT INTO month_3 VALUES (1, 20, 8), (2, 29, 0)");
        migration.restart();
        iotdb.equal(
                Map.of(
                        "1 1", 1, "2 15", 3, "7 2", 4, "1 9", 5, "1 10", 6, "2 19", 7, "1 20", 8,
                        "2 29", 0));
        try (Replication cdc = migration.replicate()) {
            database.execute("UPDATE month_3 SET a = 9 WHERE t = 29");
            cdc.awaitApplied();
            database.execute(
                    "INSERT INTO month_1 VALUES (3, 25, 10)",
                    "DROP TABLE month_1",
                    "INSERT INTO month_2 VALUES (1, 8, 11)");
            cdc.awaitApplied();
            iotdb.equal(Map.of("1 8", 11, "1 9", 5, "1 10", 6, "2 19", 7, "1 20", 8, "2 29", 9));
            assertThat(Verification.run(migration, Verification.options(RepairMode.NONE)).equal())
                    .isTrue();
        }
    }

    /** One that is dropped while no job runs, one that came just now, and one with another name. */
    private void dropsMore(Migration migration, Comparison iotdb) throws Exception {
        database.execute(
                "INSERT INTO month_2 VALUES (5, 50, 12)",
                "DROP TABLE month_2",
                "UPDATE month_3 SET a = -8 WHERE t = 20");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            iotdb.equal(Map.of("1 20", -8, "2 29", 9));
            database.execute(
                    "CREATE TABLE month_4 LIKE month_3",
                    "INSERT INTO month_4 VALUES (1, 40, 13), (1, 21, 14)",
                    "TRUNCATE TABLE month_4",
                    "INSERT INTO month_4 VALUES (1, 41, 15)",
                    "CREATE TABLE month_new LIKE month_3");
            cdc.awaitApplied();
            iotdb.equal(Map.of("1 20", -8, "2 29", 9, "1 41", 15));
            database.execute(
                    "RENAME TABLE month_4 TO month_5, month_new TO month_4",
                    "INSERT INTO month_4 VALUES (1, 45, 16)");
            cdc.awaitApplied();
            database.execute("DROP TABLE month_5", "INSERT INTO month_3 VALUES (3, 1, 17)");
            cdc.awaitApplied();
            iotdb.equal(Map.of("1 20", -8, "2 29", 9, "1 45", 16, "3 1", 17));
            assertThat(Verification.run(migration, Verification.options(RepairMode.NONE)).equal())
                    .isTrue();
            CutoverReport rehearsed = Rehearsal.of(migration);
            assertThat(rehearsed.ending()).as(rehearsed.sentence()).isEqualTo(Ending.REHEARSED);
        }
    }
}
