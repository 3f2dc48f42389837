package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What others write into the devices of a mapping is never deleted. */
@ExtendWith(ServersExtension.class)
class OtherSeriesIT {
    private static final int DEVICES = 6;
    private static final int ROWS = 100;
    private static final String OTHER = "other";
    private static final String LATE = "late";

    private final TestDatabase database;

    @TempDir Path state;

    OtherSeriesIT(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void fill() throws Exception {
        database.execute(
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT"
                        + " NULL, a INT, `12` TEXT, UNIQUE (dev, ts))",
                "INSERT INTO t (dev, ts, a, `12`) WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT"
                        + " n + 1 FROM r WHERE n < "
                        + (DEVICES * ROWS - 1)
                        + ") SELECT n % "
                        + DEVICES
                        + ", n DIV "
                        + DEVICES
                        + ", n, 'text' FROM r");
    }

    private Migration migration(String policies) {
        return new Migration(
                database,
                state,
                Mappings.deviceTable("t", "DB.d{dev}", "a", "\"12\"") + policies.indent(2),
                "flink: {checkpoint_interval: 200ms}");
    }

    private String device(int number) {
        return database.iotdbDatabase() + ".d" + number;
    }

    /** On the devices 0 and 3, at every time. */
    private void writeOther(String series) throws Exception {
        try (Session session = database.session()) {
            for (int time = 0; time < ROWS; time++) {
                session.executeNonQueryStatement(
                        "INSERT INTO %s(time, %s) ALIGNED VALUES (%d, 1.5)"
                                .formatted(device(0), series, time));
                session.executeNonQueryStatement(
                        "INSERT INTO %s(time, %s) ALIGNED VALUES (%d, 2.5)"
                                .formatted(device(3), series, time));
            }
        }
    }

    private static boolean isOther(String point) {
        return point.endsWith(" " + OTHER) || point.endsWith(" " + LATE);
    }

    private SortedMap<String, String> contents(Migration migration, boolean others)
            throws Exception {
        return migration.contents().points().entrySet().stream()
                .filter(e -> isOther(e.getKey()) == others)
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, Map.Entry::getValue, (x, y) -> x, TreeMap::new));
    }

    private void assertOnlyOwnPointsGo(Migration migration, Replication cdc, String sql)
            throws Exception {
        SortedMap<String, String> others = contents(migration, true);
        database.execute(sql);
        cdc.awaitApplied();
        assertThat(contents(migration, true)).isNotEmpty().isEqualTo(others);
        assertThat(contents(migration, false)).isEqualTo(migration.expected().points());
    }

    @Test
    void rowsGoAndOtherSeriesOfTheirDevicesStay() throws Exception {
        Migration migration = migration("");
        migration.restart();
        writeOther(OTHER);
        try (Replication cdc = migration.replicate()) {
            assertOnlyOwnPointsGo(migration, cdc, "DELETE FROM t WHERE ts = 50");
            assertOnlyOwnPointsGo(migration, cdc, "DELETE FROM t WHERE ts < 40");
            assertOnlyOwnPointsGo(
                    migration, cdc, "DELETE FROM t WHERE ts BETWEEN 60 AND 90 AND ts % 7 <> 0");
            assertOnlyOwnPointsGo(
                    migration, cdc, "UPDATE t SET a = NULL WHERE ts BETWEEN 40 AND 50");
            assertOnlyOwnPointsGo(
                    migration, cdc, "UPDATE t SET a = NULL, `12` = NULL WHERE ts > 80");
        }
    }

    /** Knowledge of a device without others is not kept. */
    @Test
    void aSeriesThatComesLaterStaysToo() throws Exception {
        Migration migration = migration("");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("DELETE FROM t WHERE ts < 10");
            cdc.awaitApplied();
            writeOther(LATE);
            assertOnlyOwnPointsGo(migration, cdc, "DELETE FROM t WHERE ts < 60");
            assertOnlyOwnPointsGo(migration, cdc, "DELETE FROM t WHERE ts = 70");
        }
    }

    @Test
    void correctionsOfAPurgedRowGoWithItAndThoseOfOthersStay() throws Exception {
        Migration migration = migration("on_update: version");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("UPDATE t SET a = -1", "DELETE FROM t WHERE ts < 60");
            cdc.awaitApplied();
            Contents contents = migration.contents();
            assertThat(contents(migration, false)).hasSize(DEVICES * 40 * 4);
            assertThat(contents.at(device(2) + ".v1", 60, "a")).isEqualTo("INT32 -1");
            assertThat(contents.at(device(2) + ".v1", 59, "a")).isNull();
        }
    }

    @Test
    void aPurgeThatIsMarkedTakesNothingAway() throws Exception {
        Migration migration = migration("on_delete: mark");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("DELETE FROM t WHERE ts < 60");
            cdc.awaitApplied();
            database.execute(
                    "UPDATE t SET a = NULL, `12` = NULL WHERE ts >= 60",
                    "INSERT INTO t (dev, ts, a) VALUES (1, 5, 5)");
            cdc.awaitApplied();
            Contents contents = migration.contents();
            // Two values and the mark of each, but of one row that is there again.
            assertThat(contents(migration, false)).hasSize(DEVICES * 60 * 3 - 2);
            assertThat(contents.at(device(1), 5, "_deleted")).isNull();
            assertThat(contents.at(device(1), 6, "_deleted")).isEqualTo("BOOLEAN true");
        }
    }
}
