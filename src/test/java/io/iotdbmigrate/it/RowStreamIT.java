package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.mapping.Columns;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.RowDecoder;
import io.iotdbmigrate.mysql.RowPackets;
import io.iotdbmigrate.mysql.RowStream;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows are taken out of the driver's packets, so what comes must be what was agreed on. */
@ExtendWith(ServersExtension.class)
class RowStreamIT {
    private static final String ALL = "SELECT id, s FROM t ORDER BY id";
    private static final List<Column> COLUMNS =
            List.of(Columns.column("id", "int"), Columns.nullable("s", "longtext"));

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void create(TestDatabase own, @TempDir Path state) throws Exception {
        database = own;
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, s LONGTEXT)",
                "INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, REPEAT('b', 70000)), (4, 'c')");
        connection =
                MySqlConnections.open(
                        new Migration(
                                        database,
                                        state,
                                        """
                                        - table: t
                                          device_field: s
                                          timestamp_field: id
                                          device_template: DB.d{s}
                                          measurements: all
                                        """,
                                        "")
                                .config()
                                .mysql());
    }

    @Test
    void readsRowAfterRow() throws Exception {
        try (Connection own = connection;
                RowStream rows = RowStream.open(own, ALL, COLUMNS)) {
            assertThat(rows.next()).containsExactly(1L, "a");
            assertThat(rows.next()).containsExactly(2L, null);
            RowPackets packets = new RowPackets(1, 0);
            assertThat(rows.next(packets)).isTrue();
            assertThat(rows.next(packets)).isTrue();
            assertThat(rows.next(packets)).isFalse();
            assertThat(rows.next()).isNull();

            RowDecoder decoder = new RowDecoder(COLUMNS);
            assertThat(decoder.decode(packets, 0)).containsExactly(3L, "b".repeat(70_000));
            assertThat(decoder.decode(packets, 1)).containsExactly(4L, "c");
        }
    }

    @Test
    void goesOnAfterAHalfReadStream() throws Exception {
        try (Connection own = connection) {
            try (RowStream rows = RowStream.open(own, ALL, COLUMNS)) {
                assertThat(rows.next()).isNotNull();
            }
            try (RowStream rows = RowStream.open(own, ALL, COLUMNS)) {
                assertThat(rows.next()).containsExactly(1L, "a");
            }
        }
    }

    @Test
    void refusesAColumnOfAnotherWidth() throws Exception {
        database.execute("ALTER TABLE t MODIFY id BIGINT");

        try (Connection own = connection) {
            assertThatThrownBy(() -> RowStream.open(own, ALL, COLUMNS))
                    .isInstanceOf(UserException.class)
                    .hasMessage(
                            "column id of t is BIGINT now and was INT when this began: the table"
                                    + " was altered; start again");
        }
    }

    /** The driver would send the query as text instead, whose bytes are other values. */
    @Test
    void failsWhereTheServerDoesNotPrepare() throws Exception {
        try (Connection own = connection) {
            database.execute("SET GLOBAL max_prepared_stmt_count = 0");

            assertThatThrownBy(() -> RowStream.open(own, ALL, COLUMNS))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("max_prepared_stmt_count");
        } finally {
            database.execute("SET GLOBAL max_prepared_stmt_count = DEFAULT");
        }
    }
}
