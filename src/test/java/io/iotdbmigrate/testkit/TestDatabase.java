package io.iotdbmigrate.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/**
 * A MySQL database of its own for one test, and the name of an IoTDB database that goes with it.
 * Closing drops both, and whatever else was created in IoTDB below that name.
 *
 * @param name of the MySQL database
 * @param iotdbDatabase {@code root.<name>}; not created here
 */
public record TestDatabase(Servers servers, String name, String iotdbDatabase)
        implements AutoCloseable {

    /** Creates a MySQL database under a new name. */
    public static TestDatabase create(Servers servers) throws SQLException {
        String name = "it_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        TestDatabase database = new TestDatabase(servers, name, "root." + name);
        database.executeIn("", "CREATE DATABASE " + name);
        return database;
    }

    /** Executes the statements in this MySQL database, all in one connection. */
    public void execute(String... sql) throws SQLException {
        executeIn(name, sql);
    }

    /**
     * Inserts rows by one statement.
     *
     * @param values of one row, in SQL; n in it counts the rows from 0
     */
    public void insert(String table, int rows, String values) throws SQLException {
        execute(
                "SET SESSION /*!80000 cte_max_recursion_depth */ /*M! max_recursive_iterations */ = "
                        + rows,
                "INSERT INTO "
                        + table
                        + " WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r WHERE n < "
                        + (rows - 1)
                        + ") SELECT "
                        + values
                        + " FROM r");
    }

    /**
     * Executes statements in IoTDB, in one session.
     *
     * @param statements {@code DB} in them stands for the test's IoTDB database
     */
    public void executeInIotdb(String... statements)
            throws IoTDBConnectionException, StatementExecutionException {
        try (Session session = session()) {
            for (String statement : statements) {
                session.executeNonQueryStatement(statement.replace("DB", iotdbDatabase));
            }
        }
    }

    /** Asks the server which one it is. */
    public SourceVersion version() throws SQLException {
        try (Connection connection = connection()) {
            return SourceVersion.of(connection);
        }
    }

    /** Executes a statement as a client does that does not write UTF-8. */
    public void executeInLatin1(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                servers.jdbcUrl(name) + "&characterEncoding=latin1",
                                servers.mysqlUser(),
                                servers.mysqlPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the time of MySQL's clock, in seconds since 1970. */
    public long seconds() throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT UNIX_TIMESTAMP()")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A new connection to this MySQL database; the caller closes it. */
    public Connection connection() throws SQLException {
        return connect(name);
    }

    /** A new, open session with IoTDB; the caller closes it. */
    public Session session() throws IoTDBConnectionException {
        return session(
                servers.iotdbHost(),
                servers.iotdbPort(),
                servers.iotdbUser(),
                servers.iotdbPassword());
    }

    /** A new session of the table model in the database of this one's name; likewise. */
    public Session tableSession() throws IoTDBConnectionException {
        Session.Builder builder =
                new Session.Builder()
                        .host(servers.iotdbHost())
                        .port(servers.iotdbPort())
                        .username(servers.iotdbUser())
                        .password(servers.iotdbPassword())
                        .enableRedirection(false)
                        .enableAutoFetch(false);
        builder.sqlDialect = "table";
        builder.database = name;
        Session session = builder.build();
        session.open();
        return session;
    }

    /** Executes statements in the table model, in one session. */
    public void executeInTables(String... statements)
            throws IoTDBConnectionException, StatementExecutionException {
        try (Session session = tableSession()) {
            for (String statement : statements) {
                session.executeNonQueryStatement(statement);
            }
        }
    }

    /** Needs both servers up. */
    @Override
    public void close() throws SQLException, IoTDBConnectionException, StatementExecutionException {
        executeIn("", "DROP DATABASE " + name);
        try (Session session = session()) {
            for (String database : iotdbDatabases(session)) {
                session.deleteDatabase(database);
            }
        }
        executeInTables("DROP DATABASE IF EXISTS " + name);
    }

    /** Does not follow the server's own idea of its address, which a container gets wrong. */
    static Session session(String host, int port, String user, String password)
            throws IoTDBConnectionException {
        Session session =
                new Session.Builder()
                        .host(host)
                        .port(port)
                        .username(user)
                        .password(password)
                        .enableRedirection(false)
                        .enableAutoFetch(false)
                        .build();
        session.open();
        return session;
    }

    private List<String> iotdbDatabases(Session session)
            throws IoTDBConnectionException, StatementExecutionException {
        List<String> found = new ArrayList<>();
        try (SessionDataSet databases = session.executeQueryStatement("show databases")) {
            while (databases.hasNext()) {
                String database = databases.next().getFields().get(0).getStringValue();
                if (database.equals(iotdbDatabase) || database.startsWith(iotdbDatabase)) {
                    found.add(database);
                }
            }
        }
        return found;
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                servers.jdbcUrl(database), servers.mysqlUser(), servers.mysqlPassword());
    }

    private void executeIn(String database, String... sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }
}
