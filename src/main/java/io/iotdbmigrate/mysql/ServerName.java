package io.iotdbmigrate.mysql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.mysql.cj.jdbc.Driver;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** What sentences call a server: {@code MySQL at db:3306}, or MariaDB where it is one. */
public final class ServerName {
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int GREETING_BYTES = 64;
    private static final String MYSQL = "MySQL";
    private static final String MARIA_DB = "MariaDB";

    private ServerName() {}

    /** Names a server and its place. Asks it which it is; one that does not answer is MySQL. */
    public static String at(MySqlConfig config) {
        return product(config) + " at " + config.address();
    }

    /**
     * Names a server that has refused a user or could not be reached. No login is tried: no refused
     * password is shown twice.
     */
    static String greetingAt(MySqlConfig config) {
        return greeted(config) + " at " + config.address();
    }

    private static String product(MySqlConfig config) {
        Properties properties = MySqlConnections.properties(config);
        properties.setProperty("connectTimeout", Integer.toString(PATIENCE_MILLIS));
        properties.setProperty("socketTimeout", Integer.toString(PATIENCE_MILLIS));
        try (Connection connection =
                new Driver().connect(MySqlConnections.url(config), properties)) {
            return Dialect.of(connection).name();
        } catch (SQLException e) {
            return greeted(config);
        }
    }

    private static String greeted(MySqlConfig config) {
        return greeting(config).contains(MARIA_DB) ? MARIA_DB : MYSQL;
    }

    /** Reads what a server says of itself before it knows a user; empty if it says nothing. */
    private static String greeting(MySqlConfig config) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(config.host(), config.port()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new String(socket.getInputStream().readNBytes(GREETING_BYTES), ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
