package io.iotdbmigrate.it;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.flink.CdcSpecs;
import io.iotdbmigrate.flink.launch.StatusRun;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What MySQL changes without a complete row event is applied, or stops the replication. */
@ExtendWith(ServersExtension.class)
class SilentChangesIT {
    private final TestDatabase database;

    @TempDir Path state;

    SilentChangesIT(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() throws SQLException {
        List<String> sql = new ArrayList<>(List.of("DROP TABLE IF EXISTS m, side, x, no_key"));
        sql.add(
                "CREATE TABLE m (dev INT, t BIGINT, a DOUBLE, l VARCHAR(20) CHARACTER SET latin1, j"
                        + " JSON, spare INT, PRIMARY KEY (dev, t)) PARTITION BY RANGE (t)"
                        + " (PARTITION p1 VALUES LESS THAN (10), PARTITION p2 VALUES LESS THAN"
                        + " MAXVALUE)");
        sql.add("CREATE TABLE side LIKE m");
        sql.add("ALTER TABLE side REMOVE PARTITIONING");
        sql.add("CREATE TABLE x (id INT PRIMARY KEY, v INT, j JSON)");
        sql.add("INSERT INTO m VALUES (1, 1, 1, 'a', '{\"k\": 1}', 1), (1, 11, 2, 'b', '{}', 2)");
        database.execute(sql.toArray(String[]::new));
    }

    private Migration migration(String policies, String rest) {
        return new Migration(
                database,
                state,
                """
                - table: m
                  device_field: dev
                  timestamp_field: t
                  timestamp_unit: ms
                  device_template: DB.m{dev}
                  measurements: [{name: a}, {name: l}, {name: j}]
                """
                        + policies.indent(2),
                "flink: {checkpoint_interval: 200ms, restart: {attempts: 1, initial_backoff: 100ms}}\n" + rest);
    }

    /** The first three of each line: the statements, and two pieces of the sentence. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "ALTER TABLE m DROP PARTITION p1 | takes away the rows of a partition of | on_partition_drop",
        "ALTER TABLE m TRUNCATE PARTITION ALL | takes away the rows of a partition of | on_partition_drop",
        "ALTER TABLE m EXCHANGE PARTITION p1 WITH TABLE side | exchanges rows of | backfill",
        "ALTER TABLE m /*!50606 DISCARD PARTITION p1 TABLESPACE */ | replaces the file | backfill",
        "SET SESSION binlog_format = STATEMENT; UPDATE m SET a = -1 | was logged without | binlog_format",
        "SET SESSION binlog_format = MIXED; DELETE FROM m | was logged without | binlog_format",
        "SET SESSION binlog_row_value_options = PARTIAL_JSON; UPDATE m SET j = JSON_SET(j, '$.k', 2) | parts of JSON | PARTIAL_JSON",
        "SET SESSION binlog_transaction_compression = ON; UPDATE m SET a = -1 | are compressed | compress",
        "SET SESSION binlog_row_image = MINIMAL; UPDATE m SET a = -1 | of its 6 columns | binlog_row_image",
        "SET SESSION binlog_row_image = NOBLOB; DELETE FROM m | of its 6 columns | binlog_row_image",
        "ALTER TABLE m CONVERT TO CHARACTER SET utf8mb4; INSERT INTO m VALUES (1, 2, 1, 'é', NULL, 1) | have column l in utf8mb4 | CONVERT TO",
        "DROP DATABASE DB; CREATE DATABASE DB | takes away all rows of | backfill",
    })
    void stopsBeforeAnythingBehindItIsApplied(String sql, String said, String remedy)
            throws Exception {
        Migration migration = migration("", "mysql: {cdc: {startup_mode: latest}}");
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO m VALUES (1, 5, 5, 'before', NULL, 5)");
            cdc.awaitApplied();
            List<String> statements = new ArrayList<>();
            for (String statement : sql.split(";")) {
                statements.add(statement.strip().replace("DB", database.name()));
            }
            execute(statements);
            assertRefused(ExitCode.JOB_FAILED, cdc::result)
                    .hasMessageContaining(said)
                    .hasMessageContaining(remedy)
                    .hasMessageContaining(database.name() + ".m")
                    .hasMessageContaining("at binlog.");
        }
        assertThat(new StatusRun(migration.config(), migration.state()).read().lagEvents())
                .matches(lag -> lag.orElse(0) > 0, "tells of a lag");
        assertThat(migration.contents().points().keySet())
                .noneMatch(point -> point.contains("later"));
    }

    private void execute(List<String> statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
