package io.iotdbmigrate.mysql;

import com.mysql.cj.jdbc.AbandonedConnectionCleanupThread;
import com.mysql.cj.jdbc.Driver;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.config.MySqlConfig.TlsMode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;

/**
 * How this program connects to MySQL: binary protocol (the text protocol cuts FLOAT to six digits),
 * session zone UTC, results in UTF-8.
 */
public final class MySqlConnections {
    /** For a source that loads its driver by name. */
    public static final String DRIVER = Driver.class.getName();

    /** A scan that waits for a slow target takes as long as it takes. */
    private static final String NO_LIMIT = Dialect.NO_TIME_LIMIT;

    private static final String SOCKET_TIMEOUT = "socketTimeout";
    private static final String LOGIN_MILLIS = "30000";

    private MySqlConnections() {}

    /**
     * Lets go of the driver where a cluster loaded it for one job: Java's list of drivers and the
     * driver's own thread would keep the job's classes for as long as the cluster's process lives.
     */
    public static void release() {
        ClassLoader own = MySqlConnections.class.getClassLoader();
        if (own == ClassLoader.getSystemClassLoader()) {
            return;
        }
        AbandonedConnectionCleanupThread.uncheckedShutdown();
        for (java.sql.Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == own) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    public static String url(MySqlConfig config) {
        return "jdbc:mysql://" + config.address() + "/" + config.database();
    }

    /**
     * Returns the driver properties, user and password included; what the user set in {@code
     * properties} wins.
     */
    public static Properties properties(MySqlConfig config) {
        Properties properties = new Properties();
        properties.setProperty("user", config.user());
        properties.setProperty("password", config.password().reveal());
        properties.setProperty("useServerPrepStmts", "true");
        // Else a server that refuses to prepare a statement sends text, which is read as binary.
        properties.setProperty("emulateUnsupportedPstmts", "false");
        properties.setProperty("characterEncoding", "UTF-8");
        // Else each column comes in its own character set.
        properties.setProperty("characterSetResults", "UTF-8");
        properties.setProperty("connectionTimeZone", "UTC");
        properties.setProperty("forceConnectionTimeZoneToSession", "true");
        properties.setProperty("tinyInt1isBit", "false");
        properties.setProperty("yearIsDateType", "false");
        properties.setProperty("connectTimeout", "10000");
        properties.setProperty("netTimeoutForStreamingResults", "3600");
        // Else the driver reads the clock twice for every row.
        properties.setProperty("maintainTimeStats", "false");
        // Else the driver looks for a tracer in each jar.
        properties.setProperty("openTelemetry", "DISABLED");
        properties.setProperty("sslMode", config.tls().mode().name());
        boolean plainAllowed =
                config.tls().mode() == TlsMode.DISABLED || config.tls().mode() == TlsMode.PREFERRED;
        properties.setProperty("allowPublicKeyRetrieval", Boolean.toString(plainAllowed));
        TlsMaterial.of(config.tls()).addTo(properties);
        properties.putAll(config.properties());
        String wanted = config.properties().getOrDefault("sessionVariables", "");
        properties.setProperty(
                "sessionVariables", wanted.isBlank() ? NO_LIMIT : NO_LIMIT + "," + wanted);
        return properties;
    }

    /**
     * Opens a connection for who tries again while MySQL is away. A server that does not answer the
     * login within 30 s is away; later answers have no limit, unless the config sets one.
     *
     * @throws SQLException if it is away
     * @throws UserException exit code 4, if it refuses the user: no login is tried twice
     */
    public static Connection connect(MySqlConfig config) throws SQLException {
        Properties properties = properties(config);
        boolean limited = properties.putIfAbsent(SOCKET_TIMEOUT, LOGIN_MILLIS) != null;
        try {
            Connection connection = new Driver().connect(url(config), properties);
            if (!limited) {
                connection.setNetworkTimeout(Runnable::run, 0);
            }
            return connection;
        } catch (SQLException e) {
            if (ConnectFailure.isOfLogin(e)) {
                throw ConnectFailure.explain(config, e);
            }
            throw e;
        }
    }

    /**
     * Opens a connection.
     *
     * @throws UserException exit code 4, with what the server or the network said
     */
    public static Connection open(MySqlConfig config) {
        try {
            return connect(config);
        } catch (SQLException e) {
            throw ConnectFailure.explain(config, e);
        }
    }
}
