package io.iotdbmigrate.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.binlog.BinlogPositions;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of every server, asked of those that no test starts. */
class RecordedServerTest {
    private static final TableId TABLE = new TableId("plant", "reading");

    @ParameterizedTest
    @ValueSource(strings = {"5.7.44-log", "8.4.6"})
    void nothingIsAskedThatAVersionLacks(String version) throws Exception {
        RecordedServer server =
                new RecordedServer(
                        version,
                        Map.of(
                                "log_bin", "ON",
                                "binlog_format", "ROW",
                                "binlog_row_image", "FULL",
                                "log_replica_updates", "ON"));
        try (Connection connection = server.connection()) {
            SchemaReader schemas = new SchemaReader(connection);
            schemas.read(TABLE);
            schemas.views("plant");
            ForeignKeys.of(connection, "plant");
            CascadingKeys.reaching(connection, List.of(TABLE));
            UnfollowedTables.of(connection, TABLE);
            BinlogPositions.current(connection);
            PreparedTransactions.list(connection);
            BinlogSessions.list(connection);
            List<Finding> findings =
                    new MySqlPreflight(connection, "mover", true, List.of("plant")).check();
            assertThat(findings)
                    .anyMatch(f -> f.message().contains("is on, with full rows"))
                    .anyMatch(f -> f.message().contains("lacks REPLICATION SLAVE"));
            try (Statement statement = connection.createStatement()) {
                statement.executeQuery(Dialect.of(connection).replicas());
                statement.executeQuery(Dialect.of(connection).replicaStatus());
            }
        }
        assertThat(server.asked()).hasSizeGreaterThan(15);
    }

    @Test
    void itRefusesWhatAnotherVersionHas() throws Exception {
        try (Connection old = new RecordedServer("5.7.44", Map.of()).connection();
                Statement statement = old.createStatement()) {
            assertThatThrownBy(
                            () ->
                                    statement.executeQuery(
                                            "SELECT is_visible FROM information_schema.statistics"))
                    .hasMessageContaining("Unknown column");
            assertThatThrownBy(
                            () ->
                                    statement.executeQuery(
                                            "SELECT 1 FROM information_schema.check_constraints"))
                    .hasMessageContaining("Unknown table");
            assertThatThrownBy(() -> statement.executeQuery("SHOW BINARY LOG STATUS"))
                    .hasMessageContaining("syntax");
        }
    }

    /** MySQL 5.7 has neither SET PERSIST nor privileges of single administrative acts. */
    @Test
    void remediesAreThoseThatAnOldServerTakes() {
        Dialect old = Dialect.of("5.7.44");
        assertThat(old.persist("binlog_format = 'ROW'")).contains("SET GLOBAL binlog_format");
        assertThat(old.readOnlyGrants()).containsExactly("SUPER");
    }
}
