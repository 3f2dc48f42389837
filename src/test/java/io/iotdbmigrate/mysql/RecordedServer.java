package io.iotdbmigrate.mysql;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A MySQL of a version that no test starts. It knows its version, some variables, and by the
 * reference manuals which statements, tables and columns there are; what is not there, it refuses
 * as the server does. Its tables are empty.
 */
final class RecordedServer {
    private static final Pattern WORD = Pattern.compile("[a-z_]+(?:\\.[a-z_]+)?");

    /** By version, what there is: tables with their columns, and statements. */
    private static final Map<String, List<String>> TABLES =
            Map.of(
                    "5.7",
                    List.of(
                            "information_schema.columns: " + Manual.COLUMNS,
                            "information_schema.statistics: " + Manual.STATISTICS,
                            "information_schema.tables: " + Manual.TABLES,
                            "information_schema.key_column_usage: " + Manual.KEY_COLUMN_USAGE,
                            "information_schema.referential_constraints: " + Manual.REFERENTIAL,
                            "information_schema.collations: " + Manual.COLLATIONS,
                            "information_schema.innodb_trx: " + Manual.INNODB_TRX,
                            "performance_schema.variables_by_thread: " + Manual.VARIABLES,
                            "performance_schema.threads: " + Manual.THREADS),
                    "8.4",
                    List.of(
                            "information_schema.columns: " + Manual.COLUMNS + " srs_id",
                            "information_schema.statistics: "
                                    + Manual.STATISTICS
                                    + " is_visible expression",
                            "information_schema.tables: " + Manual.TABLES,
                            "information_schema.key_column_usage: " + Manual.KEY_COLUMN_USAGE,
                            "information_schema.referential_constraints: " + Manual.REFERENTIAL,
                            "information_schema.check_constraints: check_clause",
                            "information_schema.collations: "
                                    + Manual.COLLATIONS
                                    + " pad_attribute",
                            "information_schema.innodb_trx: " + Manual.INNODB_TRX,
                            "performance_schema.variables_by_thread: " + Manual.VARIABLES,
                            "performance_schema.threads: " + Manual.THREADS));

    private static final Map<String, String> STATEMENTS =
            Map.of(
                    "5.7",
                    "SHOW (MASTER STATUS|BINARY LOGS|SLAVE HOSTS|SLAVE STATUS|GLOBAL VARIABLES"
                            + "|GRANTS|FULL PROCESSLIST|PROCESSLIST|CREATE TABLE).*",
                    "8.4",
                    "SHOW (BINARY LOG STATUS|BINARY LOGS|REPLICAS|REPLICA STATUS|GLOBAL VARIABLES"
                            + "|GRANTS|FULL PROCESSLIST|PROCESSLIST|CREATE TABLE).*");

    private final String series;
    private final String version;
    private final Map<String, String> variables;
    private final List<String> asked = new ArrayList<>();

    RecordedServer(String version, Map<String, String> variables) {
        this.version = version;
        this.series = version.substring(0, 3);
        this.variables = new TreeMap<>(variables);
    }

    /** Returns the statements that it took. */
    List<String> asked() {
        return asked;
    }

    Connection connection() {
        return fake(
                Connection.class,
                (name, arguments) ->
                        switch (name) {
                            case "createStatement" -> statement(null);
                            case "prepareStatement" -> statement((String) arguments[0]);
                            default -> null;
                        });
    }

    private Statement statement(String prepared) {
        PreparedStatement[] self = new PreparedStatement[1];
        self[0] =
                fake(
                        PreparedStatement.class,
                        (name, arguments) ->
                                switch (name) {
                                    case "executeQuery" ->
                                            answer(
                                                    prepared == null
                                                            ? (String) arguments[0]
                                                            : prepared);
                                    case "getConnection" -> connection();
                                    default -> null;
                                });
        return self[0];
    }

    private ResultSet answer(String sql) throws SQLException {
        require(sql);
        asked.add(sql);
        List<List<String>> rows = new ArrayList<>();
        if (sql.equals("SELECT VERSION()")) {
            rows.add(List.of(version));
        } else if (sql.equals("SHOW GLOBAL VARIABLES")) {
            variables.forEach((name, value) -> rows.add(List.of(name, value)));
        } else if (sql.startsWith("SELECT COUNT(*)")) {
            rows.add(List.of("0"));
        }
        int[] at = {-1};
        return fake(
                ResultSet.class,
                (name, arguments) ->
                        switch (name) {
                            case "next" -> ++at[0] < rows.size();
                            case "getString" -> rows.get(at[0]).get((Integer) arguments[0] - 1);
                            case "getInt" ->
                                    Integer.valueOf(
                                            rows.get(at[0]).get((Integer) arguments[0] - 1));
                            default -> null;
                        });
    }

    private void require(String sql) throws SQLException {
        String flat = sql.replaceAll("\\s+", " ").strip();
        if (flat.startsWith("SHOW") && !flat.matches(STATEMENTS.get(series))) {
            throw new SQLSyntaxErrorException("You have an error in your SQL syntax near " + flat);
        }
        Set<String> here = new HashSet<>();
        Set<String> elsewhere = new HashSet<>();
        for (String table : tablesOf(flat)) {
            Set<String> columns = columns(series, table);
            if (columns.isEmpty()) {
                throw new SQLSyntaxErrorException("Unknown table '" + table + "'");
            }
            here.addAll(columns);
            TABLES.keySet().forEach(other -> elsewhere.addAll(columns(other, table)));
        }
        for (String word : words(flat)) {
            String column = word.substring(word.indexOf('.') + 1);
            if (elsewhere.contains(column) && !here.contains(column)) {
                throw new SQLSyntaxErrorException("Unknown column '" + column + "'");
            }
        }
    }

    private static Set<String> tablesOf(String sql) {
        return words(sql).stream()
                .filter(w -> w.matches("(information|performance)_schema\\..*"))
                .collect(Collectors.toSet());
    }

    /** Returns the words outside quotes. */
    private static Set<String> words(String sql) {
        Set<String> words = new HashSet<>();
        Matcher word = WORD.matcher(sql.replaceAll("'[^']*'", "''").toLowerCase(Locale.ROOT));
        while (word.find()) {
            words.add(word.group());
        }
        return words;
    }

    private static Set<String> columns(String series, String table) {
        return TABLES.get(series).stream()
                .filter(line -> line.startsWith(table + ": "))
                .flatMap(line -> Set.of(line.substring(table.length() + 2).split(" ")).stream())
                .collect(Collectors.toSet());
    }

    private interface Answer {
        Object of(String method, Object[] arguments) throws SQLException;
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            Object given = answer.of(method.getName(), arguments);
                            return given == null && method.getReturnType() == boolean.class
                                    ? Boolean.FALSE
                                    : given;
                        }));
    }

    /** Columns that the manuals of 5.7 list. */
    private static final class Manual {
        static final String COLUMNS =
                "table_catalog table_schema table_name column_name ordinal_position column_default"
                        + " is_nullable data_type character_maximum_length character_octet_length"
                        + " numeric_precision numeric_scale datetime_precision character_set_name"
                        + " collation_name column_type column_key extra privileges column_comment"
                        + " generation_expression";
        static final String STATISTICS =
                "table_catalog table_schema table_name non_unique index_schema index_name"
                        + " seq_in_index column_name collation cardinality sub_part packed nullable"
                        + " index_type comment index_comment";
        static final String TABLES =
                "table_catalog table_schema table_name table_type engine version row_format"
                        + " table_rows avg_row_length data_length max_data_length index_length"
                        + " data_free auto_increment create_time update_time check_time"
                        + " table_collation checksum create_options table_comment";
        static final String KEY_COLUMN_USAGE =
                "constraint_catalog constraint_schema constraint_name table_catalog table_schema"
                        + " table_name column_name ordinal_position"
                        + " position_in_unique_constraint referenced_table_schema"
                        + " referenced_table_name referenced_column_name";
        static final String REFERENTIAL =
                "constraint_catalog constraint_schema constraint_name unique_constraint_catalog"
                        + " unique_constraint_schema unique_constraint_name match_option"
                        + " update_rule delete_rule table_name referenced_table_name";
        static final String COLLATIONS =
                "collation_name character_set_name id is_default is_compiled sortlen";
        static final String INNODB_TRX =
                "trx_id trx_state trx_started trx_mysql_thread_id trx_query trx_rows_modified";
        static final String VARIABLES = "thread_id variable_name variable_value";
        static final String THREADS = "thread_id name type processlist_id processlist_user";

        private Manual() {}
    }
}
