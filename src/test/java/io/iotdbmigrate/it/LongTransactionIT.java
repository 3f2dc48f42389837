package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.testkit.GtidMode;
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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A transaction of more than 4 GiB: it stands in one binlog file, and headers of events hold
 * offsets of 32 bits. Needs 20 GB of disk.
 */
@ExtendWith(ServersExtension.class)
@EnabledIfSystemProperty(
        named = "iotdbmigrate.long",
        matches = "true",
        disabledReason = "writes 9 GB; runs with --long")
class LongTransactionIT {
    private static final int ROWS = 70;
    private static final int ROW_BYTES = 63 << 20;

    @TempDir Path state;

    /** Rows before, behind and on both sides of the wrap; the engine BLACKHOLE keeps none. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void offsetsGoOnBeyond4GiB(boolean gtids, TestDatabase database) throws Exception {
        try (GtidMode mode = GtidMode.of(database, gtids)) {
            assertThat(mode).isNotNull();
            follows(database);
        }
    }

    private void follows(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE m (id INT PRIMARY KEY, dev INT, ts BIGINT, a INT, UNIQUE (dev, ts))",
                "CREATE TABLE bulk (id INT, b LONGBLOB) ENGINE = BLACKHOLE",
                "INSERT INTO m VALUES (1, 1, 1, 10), (2, 1, 2, 10), (3, 1, 3, 10)");
        Migration migration =
                new Migration(database, state, Mappings.deviceTable("m", "DB.m.d{dev}", "a"), "");
        migration.backfill();
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            write(database);
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
        }
        database.execute("INSERT INTO m VALUES (5, 1, 5, 50)");
        try (Replication again = migration.replicate()) {
            again.awaitApplied();
        }
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    private static void write(TestDatabase database) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE m SET a = 20 WHERE id = 1");
            for (int row = 1; row <= ROWS; row++) {
                statement.execute(
                        "INSERT INTO bulk VALUES (%d, REPEAT('x', %d))".formatted(row, ROW_BYTES));
            }
            statement.execute("UPDATE m SET a = 20 WHERE id = 2");
            statement.execute("DELETE FROM m WHERE id = 3");
            statement.execute("INSERT INTO m VALUES (4, 1, 4, 40)");
            connection.commit();
            try (ResultSet files = statement.executeQuery("SHOW BINARY LOGS")) {
                long longest = 0;
                while (files.next()) {
                    longest = Math.max(longest, files.getLong("File_size"));
                }
                assertThat(longest).as("a binlog file").isGreaterThan(1L << 32);
            }
        }
    }
}
