package io.iotdbmigrate.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.Query;
import com.mysql.cj.interceptors.QueryInterceptor;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ServerSession;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An interceptor that answers some questions of the CDC connector in MySQL's place. {@code SHOW
 * MASTER STATUS} is gone since MySQL 8.4: {@code SHOW BINARY LOG STATUS} is sent instead. {@code
 * SHOW CREATE TABLE} is answered as it was at the position from which the binlog is read: rows from
 * before a change of the table would otherwise be read with the columns of today. The type VECTOR,
 * and other ones that the connector does not know, are of another name in the answer. Where GTIDs
 * have tags, they are said to be off, see {@link GtidTags}; former ones, where they are off, are
 * not told. For a snapshot, a position is answered when all that stands before it is visible.
 * Connector/J makes an instance per connection by this class' name.
 */
public final class BinlogInterceptor implements QueryInterceptor {
    private static final String MASTER_STATUS = "SHOW MASTER STATUS";
    private static final String BINARY_LOG_STATUS = "SHOW BINARY LOG STATUS";
    private static final String GTID_MODE = "SHOW GLOBAL VARIABLES LIKE 'GTID_MODE'";
    private static final String VERSION = "iotdbMigrateServerVersion";
    private static final String TABLES = "iotdbMigrateTables";
    private static final String SNAPSHOT = "iotdbMigrateSnapshot";
    private static final String NAME = "(`(?:[^`]|``)+`|[^`.\\s]+)";
    private static final Pattern SHOW_CREATE =
            Pattern.compile("(?is)\\s*SHOW\\s+CREATE\\s+TABLE\\s+" + NAME + "\\." + NAME + "\\s*");

    private @Nullable JdbcConnection connection;
    private Dialect dialect = Dialect.of("");
    private boolean answersStatus;
    private boolean forSnapshot;
    private Map<String, String> createTable = Map.of();
    private boolean asking;

    /**
     * Returns the driver properties that put it in.
     *
     * @param createTable definitions by {@code database.table}
     */
    public static Properties properties(Dialect dialect, Map<String, String> createTable) {
        Properties properties = new Properties();
        properties.setProperty("queryInterceptors", BinlogInterceptor.class.getName());
        properties.setProperty(VERSION, dialect.version());
        properties.setProperty(TABLES, encode(createTable));
        return properties;
    }

    /** Returns the driver properties for a connector that takes a snapshot. */
    public static Properties ofSnapshot(Dialect dialect) {
        Properties properties = properties(dialect, Map.of());
        properties.setProperty(SNAPSHOT, "true");
        return properties;
    }

    private static String encode(Map<String, String> createTable) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        StringBuilder text = new StringBuilder();
        createTable.forEach(
                (name, ddl) ->
                        text.append(base64.encodeToString(name.getBytes(UTF_8)))
                                .append('.')
                                .append(base64.encodeToString(ddl.getBytes(UTF_8)))
                                .append('.'));
        return text.toString();
    }

    private static Map<String, String> decode(String text) {
        Map<String, String> createTable = new HashMap<>();
        String[] parts = text.isEmpty() ? new String[0] : text.split("\\.");
        for (int i = 0; i + 1 < parts.length; i += 2) {
            createTable.put(
                    new String(Base64.getUrlDecoder().decode(parts[i]), UTF_8),
                    new String(Base64.getUrlDecoder().decode(parts[i + 1]), UTF_8));
        }
        return createTable;
    }

    @Override
    public QueryInterceptor init(MysqlConnection conn, Properties properties, Log log) {
        connection = (JdbcConnection) conn;
        dialect = Dialect.of(properties.getProperty(VERSION, ""));
        answersStatus = dialect.binlogStatus().equals(BINARY_LOG_STATUS);
        forSnapshot = Boolean.parseBoolean(properties.getProperty(SNAPSHOT));
        createTable = decode(properties.getProperty(TABLES, ""));
        return this;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T extends Resultset> @Nullable T preProcess(
            Supplier<String> sql, @Nullable Query query) {
        String text = sql == null ? null : sql.get();
        JdbcConnection open = connection;
        if (asking || text == null || open == null) {
            return null;
        }
        try {
            String folded = text.strip().toUpperCase(Locale.ROOT);
            if ((answersStatus || forSnapshot) && folded.equals(MASTER_STATUS)) {
                T status = status(open);
                if (forSnapshot) {
                    awaitVisible(open);
                }
                return status;
            }
            if (answersStatus && folded.equals(GTID_MODE) && hasTags(open)) {
                return ask(open, "SELECT 'gtid_mode' AS Variable_name, 'OFF' AS Value");
            }
            Matcher show = SHOW_CREATE.matcher(text);
            if (show.matches()) {
                String table = unquoted(show.group(2));
                String ddl = createTable.get(unquoted(show.group(1)) + "." + table);
                if (ddl == null && dialect.isForeignToConnector()) {
                    List<String> now = row(open, text, 2);
                    ddl = now.isEmpty() ? null : now.get(1);
                }
                return ddl == null
                        ? null
                        : ask(
                                open,
                                "SELECT ? AS `Table`, ? AS `Create Table`",
                                table,
                                ConnectorSql.known(ddl, dialect));
            }
            return null;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static String unquoted(String name) {
        return name.startsWith("`")
                ? name.substring(1, name.length() - 1).replace("``", "`")
                : name;
    }

    /**
     * Answers where the binlog ends; without the GTIDs, if they have tags or are off. The connector
     * compares positions with equal sets by those alone, so former ones hide what changes while it
     * takes its snapshot.
     */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T extends Resultset> T status(JdbcConnection open) throws SQLException {
        boolean numbers = row(open, "SELECT @@GLOBAL.gtid_mode", 1).get(0).equals("ON");
        if (numbers && !hasTags(open)) {
            return ask(open, dialect.binlogStatus());
        }
        List<String> status = row(open, dialect.binlogStatus(), 2);
        return ask(
                open,
                "SELECT ? AS File, CAST(? AS UNSIGNED) AS Position, '' AS Binlog_Do_DB,"
                        + " '' AS Binlog_Ignore_DB, '' AS Executed_Gtid_Set",
                status.toArray(String[]::new));
    }

    private void awaitVisible(JdbcConnection open) throws SQLException {
        asking = true;
        try {
            VisibleCommits.await(open);
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        } finally {
            asking = false;
        }
    }

    private boolean hasTags(JdbcConnection open) throws SQLException {
        return GtidTags.in(row(open, "SELECT @@GLOBAL.gtid_executed", 1).get(0));
    }

    /** Asks for the first columns of the first row; none if there is no row. */
    private List<String> row(JdbcConnection open, String sql, int columns) throws SQLException {
        asking = true;
        try (PreparedStatement statement = open.clientPrepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            List<String> values = new ArrayList<>();
            boolean found = row.next();
            for (int i = 1; found && i <= columns; i++) {
                values.add(row.getString(i));
            }
            return values;
        } finally {
            asking = false;
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <T extends Resultset> T ask(JdbcConnection open, String sql, String... values)
            throws SQLException {
        asking = true;
        try {
            // Lives as long as the answer, which the connector closes.
            PreparedStatement statement = open.clientPrepareStatement(sql);
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return (T) statement.executeQuery();
        } finally {
            asking = false;
        }
    }

    @Override
    public boolean executeTopLevelOnly() {
        return false;
    }

    @Override
    public void destroy() {
        connection = null;
    }

    @Override
    public <T extends Resultset> @Nullable T postProcess(
            Supplier<String> sql, Query query, T original, ServerSession session) {
        return null;
    }
}
