package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a replication begins without a backfill. One of each mode follows the same table: row 1 is
 * from long ago, row 2 is behind the given positions, row 3 comes when {@code latest} reads.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CdcStartModesIT {
    /** Counts the readers of the binlog that connected after a connection. */
    private static final String READERS =
            "SELECT COUNT(*) FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'"
                    + " AND id > ";

    private final TestDatabase database;
    private final Map<String, Migration> migrations = new HashMap<>();

    CdcStartModesIT(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    void followInEachMode(@TempDir Path folder) throws Exception {
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT,"
                        + " UNIQUE (dev, ts))",
                "FLUSH BINARY LOGS");
        try (BinlogServer server =
                new BinlogServer(migration("latest", "latest", folder).config().mysql())) {
            database.execute(
                    "PURGE BINARY LOGS TO '" + server.head().file() + "'",
                    "SET SESSION timestamp = 1000000000",
                    "INSERT INTO t VALUES (1, 1, 1, 1)");
            define(folder, server.head());
        }
        database.execute("INSERT INTO t VALUES (2, 1, 2, 2)");
        long before = number("SELECT CONNECTION_ID()");
        List<Replication> replications = new ArrayList<>();
        try {
            // This one begins where the binlog ends when it is connected.
            replications.add(migrations.get("latest").replicate());
            replications.get(0).awaitTold(1);
            await().atMost(Duration.ofMinutes(2)).until(() -> number(READERS + before) > 0);
            for (String mode : List.of("earliest", "specific", "gtid", "timestamp")) {
                replications.add(migrations.get(mode).replicate());
            }
            database.execute("INSERT INTO t VALUES (3, 1, 3, 3)");
            for (Replication replication : replications) {
                replication.awaitApplied();
            }
        } finally {
            for (Replication replication : replications) {
                replication.close();
            }
        }
    }

    private void define(Path folder, BinlogPosition position) {
        String minuteAgo = Instant.now().minus(Duration.ofMinutes(1)).toString();
        Map.of(
                        "latest",
                        "latest",
                        "earliest",
                        "earliest",
                        "specific",
                        "specific, specific: {file: %s, pos: %d}"
                                .formatted(position.file(), position.offset()),
                        "gtid",
                        "gtid, gtid_set: \"" + position.gtidSet() + "\"",
                        "timestamp",
                        "timestamp, timestamp: " + minuteAgo)
                .forEach((name, mode) -> migrations.put(name, migration(name, mode, folder)));
    }

    private Migration migration(String name, String mode, Path folder) {
        return new Migration(
                        database,
                        folder,
                        Mappings.deviceTable("t", "DB.by_" + name + ".d{dev}", "v"),
                        """
                        mysql: {cdc: {startup_mode: %s}}
                        flink: {checkpoint_interval: 200ms}
                        backfill: {parallelism: 1}
                        """
                                .formatted(mode))
                .named(database.name() + "_" + name);
    }

    private long number(String query) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Row 3 is there in any case. */
    @ParameterizedTest
    @CsvSource({"latest, 3", "earliest, 1", "specific, 2", "gtid, 2", "timestamp, 2"})
    void theModeDecidesWhichRowIsTheFirst(String mode, int first) throws Exception {
        String device = database.iotdbDatabase() + ".by_" + mode + ".d1";
        Map<String, String> points = migrations.get(mode).contents().points();
        for (int row = 1; row <= 3; row++) {
            assertThat(points.get(device + " " + row + " v"))
                    .as("row %d", row)
                    .isEqualTo(row < first ? null : "INT32 " + row);
        }
    }
}
