package io.iotdbmigrate.testkit;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.session.Session;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.MySQLContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/** MySQL and IoTDB as containers on fixed ports; Testcontainers removes them with the JVM. */
record Containers(MySQLContainer<?> mysql, GenericContainer<?> iotdb, int mysqlPort, int iotdbPort)
        implements ServerControl {
    private static final String USER = "migrator";
    private static final String PASSWORD = "migrator-secret";
    private static final Duration STARTUP = Duration.ofMinutes(2);

    @SuppressWarnings("resource") // live until the JVM ends
    static Servers start() throws IOException {
        int mysqlPort = freePort();
        int iotdbPort = freePort();
        MySQLContainer<?> mysql =
                new MySQLContainer<>("mysql:8.0.33")
                        .withUsername(USER)
                        .withPassword(PASSWORD)
                        .withCommand(
                                "--server-id=1",
                                "--log-bin=binlog",
                                "--binlog-format=ROW",
                                "--binlog-row-image=FULL",
                                "--gtid-mode=ON",
                                "--enforce-gtid-consistency=ON");
        mysql.setPortBindings(List.of(mysqlPort + ":3306"));
        // Memory for many databases, no settle compactions, short requests, as in
        // scripts/lib/sandbox/iotdb.sh.
        GenericContainer<?> iotdb =
                new GenericContainer<>("apache/iotdb:2.0.1-beta-standalone")
                        .withEnv("dn_rpc_address", "0.0.0.0")
                        .withEnv("data_region_group_extension_policy", "CUSTOM")
                        .withEnv("default_data_region_group_num_per_database", "1")
                        .withEnv("wal_buffer_size_in_byte", "2097152")
                        .withEnv("dn_thrift_max_frame_size", "25165824")
                        .withEnv(
                                "inner_compaction_task_selection_mods_file_threshold",
                                Long.toString(Long.MAX_VALUE))
                        .withExposedPorts(6667)
                        .waitingFor(Wait.forListeningPort().withStartupTimeout(STARTUP));
        iotdb.setPortBindings(List.of(iotdbPort + ":6667"));
        mysql.start();
        iotdb.start();
        Containers containers = new Containers(mysql, iotdb, mysqlPort, iotdbPort);
        containers.grantAll();
        containers.awaitAnswer(Server.IOTDB);
        return new Servers(
                "127.0.0.1",
                mysqlPort,
                USER,
                PASSWORD,
                "127.0.0.1",
                iotdbPort,
                "root",
                "root",
                null,
                containers);
    }

    @Override
    public void stop(Server server) {
        docker().stopContainerCmd(idOf(server)).exec();
    }

    @Override
    public void kill(Server server) {
        docker().killContainerCmd(idOf(server)).exec();
    }

    @Override
    public void renewMysqlIdentity() {
        try {
            mysql.execInContainer("rm", "/var/lib/mysql/auto.cnf");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Path visibleToMysql(Path folder) {
        mysql.copyFileToContainer(MountableFile.forHostPath(folder, 0644), folder.toString());
        return folder;
    }

    @Override
    public void start(Server server) {
        docker().startContainerCmd(idOf(server)).exec();
        awaitAnswer(server);
    }

    @Override
    public String startFlink() {
        throw noFlink();
    }

    @Override
    public void stopFlink() {
        throw noFlink();
    }

    @Override
    public String flinkLogs() {
        throw noFlink();
    }

    private static UnsupportedOperationException noFlink() {
        return new UnsupportedOperationException("no Flink among the containers");
    }

    private String idOf(Server server) {
        return switch (server) {
            case MYSQL -> mysql.getContainerId();
            case IOTDB -> iotdb.getContainerId();
            case FLINK_TASK_MANAGER -> throw noFlink();
        };
    }

    private DockerClient docker() {
        return mysql.getDockerClient();
    }

    private void grantAll() {
        try (Connection connection = connect("root");
                Statement statement = connection.createStatement()) {
            statement.execute("GRANT ALL PRIVILEGES ON *.* TO migrator@'%' WITH GRANT OPTION");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot prepare the MySQL container's user", e);
        }
    }

    private void awaitAnswer(Server server) {
        Awaitility.await(server + " answers")
                .atMost(STARTUP)
                .ignoreExceptions()
                .until(() -> server == Server.MYSQL ? mysqlAnswers() : iotdbAnswers());
    }

    private boolean mysqlAnswers() throws SQLException {
        try (Connection connection = connect(USER)) {
            return connection.isValid(5);
        }
    }

    private boolean iotdbAnswers() throws Exception {
        try (Session session = TestDatabase.session("127.0.0.1", iotdbPort, "root", "root");
                SessionDataSet databases = session.executeQueryStatement("show databases")) {
            return !databases.getColumnNames().isEmpty();
        }
    }

    private Connection connect(String user) throws SQLException {
        String url = "jdbc:mysql://127.0.0.1:" + mysqlPort;
        return DriverManager.getConnection(
                url + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true", user, PASSWORD);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
