package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.MySqlConfig;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are taken out of the driver's packets, so what comes must be what was agreed on. */
@ExtendWith(ServersExtension.class)
class RowStreamIT {
    private static final String ALL = "SELECT id, s FROM t ORDER BY id";
    private static final List<Column> COLUMNS =
            List.of(Columns.column("id", "int"), Columns.nullable("s", "longtext"));

    private TestDatabase database;
    private MySqlConfig mysql;
    private Connection connection;

    @BeforeEach
    void create(TestDatabase own, @TempDir Path state) throws Exception {
        database = own;
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, s LONGTEXT)",
                "INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, REPEAT('b', 70000)), (4, 'c')");
        mysql =
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
                        .mysql();
        connection = MySqlConnections.open(mysql);
    }

    @Test
    void theServersTimeLimitDoesNotApply() throws Exception {
        database.execute("SET GLOBAL max_execution_time = 5000");
        try (Connection limited = database.connection();
                Connection own = MySqlConnections.open(mysql)) {
            assertThat(timeLimit(limited)).isEqualTo(5000);
            assertThat(timeLimit(own)).isZero();
        } finally {
            database.execute("SET GLOBAL max_execution_time = 0");
        }
    }

    private static long timeLimit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@SESSION.max_execution_time")) {
            row.next();
            return row.getLong(1);
        }
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
    void saysWhichColumnWasAltered() throws Exception {
        database.execute("ALTER TABLE t MODIFY id BIGINT UNSIGNED");

        try (Connection own = connection) {
            assertThatThrownBy(() -> RowStream.open(own, ALL, COLUMNS))
                    .isInstanceOf(UserException.class)
                    .hasMessage(
                            "column id of t is BIGINT UNSIGNED now and was INT when this began: the"
                                    + " table was altered; start again");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "int; bigint",
                "int; int unsigned",
                "bigint unsigned; bigint",
                "int; float",
                "year; smallint unsigned",
                "double; bigint",
                "decimal(9,2); varchar(12)",
                "bit(8); binary(1)",
                "date; varchar(10)",
                "datetime; timestamp",
                "timestamp(3); varchar(30)",
                "time; datetime",
                "varchar(9); varbinary(9)",
                "blob; text",
                "json; text",
            })
    void refusesAColumnThatWasAltered(String before, String after) throws Exception {
        assertThatThrownBy(() -> readAltered(before, after))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("column v of altered is ");
    }

    /** Of these a value reads alike. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "int; int",
                "tinyint(1); tinyint",
                "varchar(9); varchar(20)",
                "char(3); text",
                "enum('a','b'); varchar(3)",
                "set('a','b'); char(9)",
                "binary(3); longblob",
                "decimal(9,2); decimal(12,4)",
                "datetime; datetime(6)",
            })
    void readsWhatIsAsBeforeButForItsLength(String before, String after) throws Exception {
        readAltered(before, after);
    }

    private void readAltered(String before, String after) throws Exception {
        database.execute(
                "CREATE TABLE altered (v " + before + ")",
                "ALTER TABLE altered MODIFY v " + after,
                "INSERT INTO altered VALUES (NULL)");
        try (Connection own = connection;
                RowStream rows =
                        RowStream.open(
                                own,
                                "SELECT v FROM altered",
                                List.of(Columns.nullable("v", before)))) {
            assertThat(rows.next()).containsExactly((Object) null);
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
