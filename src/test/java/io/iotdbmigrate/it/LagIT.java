package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.binlog.BinlogLag;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.CountedTables;
import io.iotdbmigrate.mysql.binlog.CreatedTables;
import io.iotdbmigrate.mysql.binlog.CreatedTables.Taken;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of the binlog stands behind a change: an event may hold many, and end with any. */
@ExtendWith(ServersExtension.class)
class LagIT {
    private TestDatabase database;
    private MySqlConfig config;
    private CountedTables tables;
    private BinlogPosition begin;

    @BeforeEach
    void create(TestDatabase own, @TempDir Path state) throws Exception {
        database = own;
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT, ts BIGINT, s VARCHAR(50), d DATETIME(3))",
                "CREATE TABLE other (id INT PRIMARY KEY, s VARCHAR(50))",
                "INSERT INTO t VALUES (1, 1, 1, 'a', NOW()), (2, 1, 2, NULL, NULL),"
                        + " (3, 2, 3, 'c', NULL), (4, 2, 4, 'd', NOW()), (5, 2, 5, 'e', NOW())");
        config =
                new Migration(
                                database,
                                state,
                                """
                                - table: t
                                  device_field: dev
                                  timestamp_field: ts
                                  device_template: DB.d{dev}
                                  measurements: all
                                """,
                                "")
                        .config()
                        .mysql();
        tables = CountedTables.only(Set.of(new TableId(database.name(), "t")));
        begin = head();
    }

    private BinlogPosition head() {
        try (BinlogServer server = new BinlogServer(config)) {
            return server.head();
        }
    }

    /** Offsets of the row events since the test began. */
    private List<Long> rowEvents() throws SQLException {
        List<Long> offsets = new ArrayList<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet event =
                        statement.executeQuery(
                                "SHOW BINLOG EVENTS IN '%s' FROM %d"
                                        .formatted(begin.file(), begin.offset()))) {
            while (event.next()) {
                if (event.getString("Event_type").contains("_rows")) {
                    offsets.add(event.getLong("Pos"));
                }
            }
        }
        return offsets;
    }

    private ChangePosition row(long event, int row) {
        return new ChangePosition(begin.file(), begin.offset(), event, row, 0);
    }

    private long behind(ChangePosition change) {
        try (BinlogServer server = new BinlogServer(config)) {
            return server.lag().eventsBehind(change, tables, 100);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t SELECT id + 10, dev, ts, s, d FROM t",
                "UPDATE t SET s = 'changed', d = NULL",
                "DELETE FROM t"
            })
    void anEventIsBehindAChangeUntilItsLastRow(String statement) throws Exception {
        database.execute(statement, "INSERT INTO other VALUES (1, 'x'), (2, 'y')");
        long event = rowEvents().get(0);

        for (int row = -1; row < 4; row++) {
            assertThat(behind(row(event, row))).as("row %d", row).isEqualTo(1);
        }
        assertThat(behind(row(event, 4))).isZero();
        assertThat(behind(row(event, ChangePosition.ALL_ROWS))).isZero();
        try (BinlogServer server = new BinlogServer(config)) {
            assertThat(server.lag().anyEventBetween(row(event, 3), head(), tables)).isTrue();
            assertThat(server.lag().anyEventBetween(row(event, 4), head(), tables)).isFalse();
            assertThat(server.lag().anyEventBetween(row(event, 3), begin, tables)).isFalse();
        }
    }

    /** It matches a pattern, and MySQL has it no more. */
    @Test
    void rowsOfADroppedTableCountByItsPattern() throws Exception {
        database.execute("CREATE TABLE day_1 LIKE other");
        begin = head();
        database.execute(
                "INSERT INTO t VALUES (100, 1, 100, 'x', NULL)",
                "INSERT INTO day_1 VALUES (1, 'x'), (2, 'y')",
                "DROP TABLE day_1");
        ChangePosition applied = row(rowEvents().get(0), 0);
        long event = rowEvents().get(1);
        CountedTables day =
                new CountedTables(tables.named(), table -> table.table().startsWith("day_"));
        TableId dropped = new TableId(database.name(), "day_1");

        try (BinlogServer server = new BinlogServer(config)) {
            BinlogLag lag = server.lag();
            assertThat(lag.eventsBehind(row(event, 1), day, 9)).as("the DROP").isEqualTo(1);
            assertThat(lag.eventsBehind(applied, day, 9)).isEqualTo(2);
            assertThat(lag.anyEventBetween(applied, head(), tables)).isFalse();
            for (int row = 0; row < 2; row++) {
                Taken taken =
                        CreatedTables.since(server, row(event, row)).taken(dropped).orElseThrow();
                assertThat(taken.drops()).isTrue();
                assertThat(taken.rows()).as("behind row %d", row).isEqualTo(row == 0);
            }
        }
    }

    /** All tables of the statement are told first, and the rows of the other come last. */
    @Test
    void rowsOfAnotherTableInTheSameStatement() throws Exception {
        database.execute(
                "CREATE TRIGGER audit AFTER INSERT ON t FOR EACH ROW INSERT INTO other VALUES"
                        + " (NEW.id, 'audit')");
        begin = head();
        database.execute("INSERT INTO t VALUES (100, 1, 100, 'x', NULL)");
        List<Long> events = rowEvents();
        assertThat(events).hasSize(2);

        assertThat(behind(row(events.get(0), -1))).isEqualTo(1);
        assertThat(behind(row(events.get(0), 0))).isZero();
    }

    /** The table is told once, at the beginning of the statement. */
    @Test
    void theLastEventOfALongStatement() throws Exception {
        database.execute("DELETE FROM t");
        begin = head();
        database.insert("t", 3_000, "n, n % 7, n, REPEAT('x', 50), NULL");
        List<Long> events = rowEvents();
        assertThat(events.size()).isGreaterThan(10);
        long last = events.get(events.size() - 1);

        assertThat(behind(row(events.get(0), 0))).isEqualTo(events.size() - 1L);
        assertThat(behind(row(last, 0))).isEqualTo(1);
        assertThat(behind(row(last, 3_000))).isZero();
        try (BinlogServer server = new BinlogServer(config)) {
            int rows = 1;
            while (server.lag().eventsBehind(row(last, rows - 1), tables, 1) > 0) {
                rows++;
            }
            assertThat(rows).isBetween(2, 200);
        }
    }

    @Test
    void whereNoRowStandsNothingIsLeft() throws Exception {
        assertThat(behind(row(begin.offset(), -1))).isZero();
        database.execute("INSERT INTO other VALUES (1, 'x')");
        assertThat(behind(row(begin.offset(), -1))).isZero();
        database.execute("UPDATE t SET ts = 9 WHERE id = 1");
        assertThat(behind(row(begin.offset(), -1))).isEqualTo(1);
    }
}
