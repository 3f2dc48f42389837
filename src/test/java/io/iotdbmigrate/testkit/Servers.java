package io.iotdbmigrate.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/**
 * Addresses of a real MySQL, a real IoTDB and, where there is one, a Flink cluster, and the means
 * to stop them. Shared by all tests of a JVM; tests keep apart by {@link TestDatabase}.
 *
 * @param flinkRest {@code host:port} of a Flink cluster's REST interface, null where none runs
 * @param control stops and starts the servers; refuses where they were only given by address
 */
public record Servers(
        String mysqlHost,
        int mysqlPort,
        String mysqlUser,
        String mysqlPassword,
        String iotdbHost,
        int iotdbPort,
        String iotdbUser,
        String iotdbPassword,
        @Nullable String flinkRest,
        ServerControl control) {

    /**
     * The servers of this JVM, started at the first call and ended with the JVM. In this order:
     * those that {@code scripts/test} has started for this JVM, those named by the environment (as
     * by {@code eval "$(scripts/sandbox env)"}), containers where a Docker engine answers,
     * processes started by {@code scripts/sandbox}.
     *
     * @throws IllegalStateException if they do not start; all later calls then fail at once
     */
    public static Servers get() {
        return OncePerJvm.ATTEMPT.orThrow();
    }

    /** JDBC address of a MySQL database, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:mysql://%s:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true"
                .formatted(mysqlHost, mysqlPort, database);
    }

    /** The same, but MySQL is reached by another port of this machine. */
    public Servers withMysqlPort(int port) {
        return new Servers(
                "127.0.0.1",
                port,
                mysqlUser,
                mysqlPassword,
                iotdbHost,
                iotdbPort,
                iotdbUser,
                iotdbPassword,
                flinkRest,
                control);
    }

    /** The same, but with another MySQL. */
    Servers withMysql(Map<String, String> addresses, ServerControl newControl) {
        return new Servers(
                required(addresses, "MYSQL_HOST"),
                Integer.parseInt(required(addresses, "MYSQL_PORT")),
                required(addresses, "MYSQL_USER"),
                required(addresses, "MYSQL_PASSWORD"),
                iotdbHost,
                iotdbPort,
                iotdbUser,
                iotdbPassword,
                flinkRest,
                newControl);
    }

    /** The same, but IoTDB is reached by another port of this machine. */
    public Servers withIotdbPort(int port) {
        return new Servers(
                mysqlHost,
                mysqlPort,
                mysqlUser,
                mysqlPassword,
                "127.0.0.1",
                port,
                iotdbUser,
                iotdbPassword,
                flinkRest,
                control);
    }

    /** The same, with a Flink cluster. */
    Servers withFlink(String rest) {
        return new Servers(
                mysqlHost,
                mysqlPort,
                mysqlUser,
                mysqlPassword,
                iotdbHost,
                iotdbPort,
                iotdbUser,
                iotdbPassword,
                rest,
                control);
    }

    /** Asks MySQL which server it is. */
    SourceVersion mysqlVersion() {
        try (Connection connection =
                DriverManager.getConnection(jdbcUrl(""), mysqlUser, mysqlPassword)) {
            return SourceVersion.of(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shuts MySQL down in order. */
    public void stopMysql() {
        control.stop(Server.MYSQL);
    }

    /** Ends MySQL as a crash would. */
    public void killMysql() {
        control.kill(Server.MYSQL);
    }

    /** Starts MySQL again, on the same port and data; returns when it answers. */
    public void startMysql() {
        control.start(Server.MYSQL);
    }

    /** Has another MySQL server, with the same data and binlog, answer at the same address. */
    public void replaceMysql() {
        control.renewMysqlIdentity();
        control.stop(Server.MYSQL);
        control.start(Server.MYSQL);
    }

    /** Makes a folder of this machine one that MySQL can read; returns its path there. */
    public Path visibleToMysql(Path folder) {
        return control.visibleToMysql(folder);
    }

    /** Shuts IoTDB down in order. */
    public void stopIotdb() {
        control.stop(Server.IOTDB);
    }

    /** Ends IoTDB as a crash would. */
    public void killIotdb() {
        control.kill(Server.IOTDB);
    }

    /** Starts IoTDB again, on the same port and data; returns when it answers. */
    public void startIotdb() {
        control.start(Server.IOTDB);
    }

    /** Ends Flink's task manager as a crash would. */
    public void killTaskManager() {
        control.kill(Server.FLINK_TASK_MANAGER);
    }

    /** Starts Flink's task manager again; returns when its slots can be used. */
    public void startTaskManager() {
        control.start(Server.FLINK_TASK_MANAGER);
    }

    /** What Flink's processes have logged so far. */
    public String flinkLogs() throws IOException {
        return control.flinkLogs();
    }

    static Servers of(Map<String, String> environment, ServerControl control) {
        return new Servers(
                required(environment, "MYSQL_HOST"),
                Integer.parseInt(required(environment, "MYSQL_PORT")),
                required(environment, "MYSQL_USER"),
                required(environment, "MYSQL_PASSWORD"),
                required(environment, "IOTDB_HOST"),
                Integer.parseInt(required(environment, "IOTDB_PORT")),
                required(environment, "IOTDB_USER"),
                required(environment, "IOTDB_PASSWORD"),
                environment.get("FLINK_REST"),
                control);
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException("the servers' environment lacks " + name);
        }
        return value;
    }

    private static Servers start() throws IOException {
        String folder = System.getProperty("iotdbmigrate.sandbox", "");
        if (!folder.isEmpty()) {
            Sandbox sandbox = new Sandbox(Path.of(folder, System.getProperty("iotdbmigrate.jvm")));
            return of(sandbox.addresses(), sandbox);
        }
        Map<String, String> environment = System.getenv();
        if (environment.containsKey("MYSQL_HOST")) {
            String dir = environment.get("SANDBOX_DIR");
            return of(environment, dir == null ? new NoControl() : new Sandbox(Path.of(dir)));
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return Containers.start();
        }
        Sandbox sandbox = new Sandbox(Path.of("target", "sandbox-it").toAbsolutePath());
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::down, "sandbox-down"));
        return of(sandbox.up(), sandbox);
    }

    /** The outcome of the one attempt to start. */
    private record Attempt(@Nullable Servers servers, @Nullable RuntimeException failure) {
        static Attempt now() {
            try {
                return new Attempt(start(), null);
            } catch (IOException e) {
                return new Attempt(null, new UncheckedIOException(e));
            } catch (RuntimeException e) {
                return new Attempt(null, e);
            }
        }

        Servers orThrow() {
            if (servers == null) {
                throw new IllegalStateException("the test servers did not start", failure);
            }
            return servers;
        }
    }

    private static final class OncePerJvm {
        static final Attempt ATTEMPT = Attempt.now();
    }
}
