package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.MappingPlan;
import io.iotdbmigrate.mapping.MappingPlanner;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.mysql.FilterSql;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.RowStream;
import io.iotdbmigrate.mysql.SchemaReader;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code where} takes is the same for MySQL, for this program, and for who reads it as SQL.
 */
@ExtendWith(ServersExtension.class)
class WhereIT {
    private TestDatabase database;
    private MySqlConfig mysql;

    @BeforeEach
    void begin(TestDatabase own, @TempDir Path state) {
        database = own;
        mysql =
                new Migration(
                                own,
                                state,
                                "- {table: t, timestamp_field: id, device_template: DB.d,"
                                        + " measurements: all}",
                                "")
                        .config()
                        .mysql();
    }

    /** The rows that each of the three takes. */
    private final class Sides implements AutoCloseable {
        private final Connection connection = MySqlConnections.open(mysql);
        private final TableSchema schema;
        private int compared;

        Sides(String table) throws SQLException {
            schema =
                    new SchemaReader(connection)
                            .read(new TableId(database.name(), table))
                            .orElseThrow();
        }

        MappingPlan plan(String where) {
            return MappingPlanner.plan(
                    0,
                    new MappingBuilder(schema.id().table(), "root.d", "id")
                            .measurement("id")
                            .where(where)
                            .build(),
                    schema,
                    ZoneOffset.UTC,
                    new TargetFacts(TimePrecision.MS, 1_000));
        }

        /** Compares, unless the plan refuses the condition. */
        void compare(String where, boolean asSql) throws SQLException {
            TableMapping mapping = plan(where).mapping();
            if (mapping == null) {
                return;
            }
            compared++;
            List<Long> bySql = ids("SELECT id FROM " + FilterSql.source(mapping) + " ORDER BY id");
            assertThat(
                            ids(
                                    "SELECT id FROM "
                                            + table()
                                            + FilterSql.where(mapping, "id > 0 OR TRUE")))
                    .as(where)
                    .containsExactlyElementsOf(bySql);
            assertThat(byJava(mapping)).as(where).isEqualTo(bySql);
            if (asSql) {
                assertThat(ids("SELECT id FROM " + table() + " WHERE " + where))
                        .as(where)
                        .isEqualTo(bySql);
            }
        }

        void both(String where) throws SQLException {
            assertThat(plan(where).mapping()).as(where).isNotNull();
            compare(where, true);
            compare("NOT (" + where + ")", true);
        }

        private String table() {
            return schema.id().quoted();
        }

        private List<Long> byJava(TableMapping mapping) throws SQLException {
            List<Long> taken = new ArrayList<>();
            String columns =
                    String.join(", ", mapping.columns().stream().map(Column::name).toList());
            try (RowStream rows =
                    RowStream.open(
                            connection,
                            "SELECT " + columns + " FROM " + table() + " ORDER BY id",
                            mapping.columns())) {
                for (Object[] row = rows.next(); row != null; row = rows.next()) {
                    if (mapping.filter().takes(row)) {
                        taken.add((Long) row[0]);
                    }
                }
            }
            return taken;
        }

        private List<Long> ids(String query) throws SQLException {
            List<Long> found = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
            return found;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    @Test
    void takesTheSameOfEveryType() throws Exception {
        database.execute(
                "SET SESSION sql_mode = ''",
                "CREATE TABLE n (id INT PRIMARY KEY, ti TINYINT, tu TINYINT UNSIGNED NOT NULL,"
                        + " ok BOOL, b1 BIT(1), b64 BIT(64), i INT, bi BIGINT, bu BIGINT UNSIGNED,"
                        + " de DECIMAL(12,3), d65 DECIMAL(65,30), y YEAR, da DATE NOT NULL,"
                        + " dt DATETIME, dt6 DATETIME(6), ts TIMESTAMP(3) NULL, t TIME(6), t0 TIME,"
                        + " e ENUM('on', 'it''s', 'OFF '), s SET('a', 'b'), f FLOAT, d DOUBLE,"
                        + " j JSON, bl VARBINARY(8))",
                "INSERT INTO n VALUES (1, -128, 0, 1, b'1', ~0, -5, -9223372036854775808,"
                        + " 18446744073709551615, 1.500, 0.1, 2024, '2024-01-01',"
                        + " '2024-01-01 00:00:00', '2024-01-01 00:00:00.000001',"
                        + " '2024-01-01 00:00:00.001', '-12:30:00.5', '23:59:59', 'on', 'a', 0.1,"
                        + " 0.1, '1', 'a'),"
                        + "(2, 5, 5, 0, b'0', 0, 5, 5, 5, 5, 5, 1901, '1000-01-01',"
                        + " '9999-12-31 23:59:59', '9999-12-31 23:59:59.999999', NULL,"
                        + " '838:59:59', '-838:59:59', 'off', 'a,b', 5, 5, 'null', ''),"
                        + "(3, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
                        + " '0000-00-00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
                        + " NULL, NULL),"
                        + "(4, 127, 255, 2, b'1', 9223372036854775808, 2147483647,"
                        + " 9223372036854775807, 9223372036854775808, -0.001, -0.1, 0,"
                        + " '2024-00-15', '0000-00-00', '2024-00-15 10:00:00', '0000-00-00', 0,"
                        + " 0, '', '', -0.0, -0.0, '{}', x'00')");
        try (Sides sides = new Sides("n")) {
            for (String column : List.of("ti", "tu", "ok", "b1", "b64", "i", "bi", "bu")) {
                for (String number :
                        List.of(
                                "-129",
                                "-5",
                                "0",
                                "1",
                                "5",
                                "300",
                                "9223372036854775807",
                                "9223372036854775808",
                                "18446744073709551615",
                                "99999999999999999999999")) {
                    compareAll(sides, column, number);
                }
                sides.both(column + " IN (5, -5, 1)");
                sides.both(column + " IS NULL");
            }
            for (String column : List.of("i", "bi", "bu", "de", "d65", "tu")) {
                for (String number :
                        List.of("1.5", "5.0", "0.1", "-0.1", "-0.0001", "5.00000001")) {
                    compareAll(sides, column, number);
                }
                sides.both(column + " NOT IN (5, 1.5)");
                sides.both(column + " <= bi");
                sides.both("bu > " + column);
            }
            sides.both("ok = TRUE OR FALSE <> ok");
            for (String year : List.of("1901", "2024", "2155")) {
                compareAll(sides, "y", year);
            }
            for (String text : List.of("2024-01-01", "1000-01-01", "9999-12-31")) {
                compareAll(sides, "da", "'" + text + "'");
                compareAll(sides, "dt", "'" + text + "'");
                compareAll(sides, "dt6", "'" + text + " 00:00:00.000001'");
                compareAll(sides, "ts", "'" + text + " 00:00:00.001'");
            }
            for (String text : List.of("23:59:59", "-12:30:00", "838:59:59", "00:00:00")) {
                compareAll(sides, "t", "'" + text + "'");
                compareAll(sides, "t0", "'" + text + "'");
            }
            for (String column : List.of("da", "dt", "dt6", "ts")) {
                sides.compare(column + " IS NULL", false);
                sides.compare(column + " IS NOT NULL OR i = 1", false);
            }
            sides.both("e = 'on'");
            sides.both("e IN ('OFF', 'it''s')");
            sides.both("BINARY s = 'a,b'");
            for (String column : List.of("f", "d", "j", "bl", "e", "s", "t", "y")) {
                sides.both(column + " IS NULL");
                sides.both(column + " IS NOT NULL AND NOT i = 5");
            }
            sides.both("(i > 1 AND bi IS NULL) OR NOT (tu <> 0 OR i IS NOT NULL)");
            assertThat(sides.compared).isGreaterThan(900);
        }
    }

    /** Zero dates are nulls here, as they are in IoTDB, and others for MySQL. */
    private static void compareAll(Sides sides, String column, String with) throws SQLException {
        String rows = column.startsWith("d") && with.startsWith("'") ? " AND id <> 4" : "";
        String only = column.equals("da") ? " AND id NOT IN (3, 4)" : rows;
        for (String operator : List.of("=", "<>", "<", ">", "<=", ">=")) {
            String where = column + " " + operator + " " + with;
            assertThat(sides.plan(where).mapping()).as(where).isNotNull();
            sides.compare(where, column.equals("ts") ? false : only.isEmpty());
            sides.compare("NOT " + where, column.equals("ts") ? false : only.isEmpty());
            if (!only.isEmpty() || column.equals("ts")) {
                sides.compare("(" + where + ")" + (only.isEmpty() ? " AND id <> 4" : only), true);
            }
        }
    }

    @Test
    void takesTheSameByEveryCollation() throws Exception {
        List<String> collations = new ArrayList<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT collation_name FROM information_schema.collations WHERE"
                                        + " character_set_name <> 'binary' ORDER BY 1")) {
            while (rows.next()) {
                collations.add(rows.getString(1));
            }
        }
        StringBuilder table = new StringBuilder("CREATE TABLE c (id INT PRIMARY KEY");
        for (String collation : collations) {
            table.append(", `").append(collation).append("` VARCHAR(3) CHARACTER SET ");
            table.append(collation, 0, collation.indexOf('_')).append(" COLLATE ");
            table.append(collation);
        }
        List<String> values =
                List.of("", " ", "a", "A", "a ", "ab", "a\t", "b", "\u00e9", "\u65e5", "a\u0001");
        List<String> statements = new ArrayList<>(List.of(table.append(")").toString()));
        for (int i = 0; i < values.size(); i++) {
            String value = ", '" + values.get(i) + "'";
            statements.add(
                    "INSERT IGNORE INTO c VALUES (" + i + value.repeat(collations.size()) + ")");
        }
        statements.add("INSERT INTO c (id) VALUES (99)");
        database.execute(statements.toArray(String[]::new));
        try (Sides sides = new Sides("c")) {
            for (String collation : collations) {
                if (!collation.endsWith("_bin")) {
                    assertThat(sides.plan(collation + " = 'a'").mapping()).as(collation).isNull();
                    continue;
                }
                for (String literal : List.of("", "a", "a ", "\u00e9")) {
                    for (String operator : List.of("=", "<", ">=")) {
                        String where = collation + " " + operator + " '" + literal + "'";
                        sides.compare(where, true);
                    }
                }
                sides.compare("BINARY " + collation + " < 'a '", false);
                sides.compare("BINARY " + collation + " <> '\u00e9'", false);
            }
            for (String collation : List.of("utf8mb4_0900_ai_ci", "latin1_swedish_ci")) {
                sides.compare("BINARY " + collation + " = 'A'", false);
                sides.compare("BINARY " + collation + " >= '\u00e9'", false);
            }
            assertThat(sides.compared).isGreaterThan(350);
            assertThat(sides.plan("utf8mb4_0900_ai_ci = 'a'").findings().stream())
                    .extracting(Finding::sentence)
                    .anyMatch(
                            s ->
                                    s.contains("c.utf8mb4_0900_ai_ci: where has utf8mb4_0900_ai_ci")
                                            && s.contains("write BINARY utf8mb4_0900_ai_ci"));
        }
    }
}
