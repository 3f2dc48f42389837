package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.Main;
import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every command against servers that are away, start, refuse the user, or take no writes. */
@ExtendWith(ServersExtension.class)
class RefusedIT {
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z]\\w*\\.){2,}[A-Z]\\w*|\\b\\w+(?:Exception|Error)\\b");

    /** Those that ask both servers; init asks MySQL alone, and report IoTDB. */
    private static final List<String> OF_BOTH =
            List.of("check", "backfill", "cdc", "verify", "verify --counts", "status", "cutover");

    @TempDir Path folder;
    private TestDatabase database;
    private Migration migration;

    @BeforeEach
    void create(TestDatabase own) throws Exception {
        database = own;
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT,"
                        + " UNIQUE KEY (dev, ts))",
                "INSERT INTO t VALUES (1, 1, 1, 1)");
        migration =
                new Migration(
                        database,
                        folder.resolve("state"),
                        """
                        - table: t
                          device_field: dev
                          timestamp_field: ts
                          timestamp_unit: ms
                          device_template: DB.d{dev}
                          measurements: [{name: v}]
                        """,
                        "cutover: {pause: lock_tables}\nsink: {retries: 1}\n"
                                + "mysql: {cdc: {startup_mode: latest}}");
    }

    @Test
    void eachEndsAtOnceWithOneSentenceAndNoNameOfAClass() throws Exception {
        String yaml = migration.yaml();
        int mysql = database.servers().mysqlPort();
        int iotdb = database.servers().iotdbPort();
        List<String> seen = new ArrayList<>();

        each(ExitCode.IOTDB, yaml.replace("port: " + iotdb, "port: 1"), seen);
        each(ExitCode.IOTDB, wrongPassword(yaml, "iotdb"), seen);
        each(ExitCode.MYSQL, yaml.replace("port: " + mysql, "port: 1"), seen);
        each(ExitCode.MYSQL, wrongPassword(yaml, "mysql"), seen);
        try (ServerSocket restarting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> closeAll(restarting), "closes what is connected");
            thread.setDaemon(true);
            thread.start();
            String port = "port: " + restarting.getLocalPort();
            each(ExitCode.IOTDB, yaml.replace("port: " + iotdb, port), seen);
            each(ExitCode.MYSQL, yaml.replace("port: " + mysql, port), seen);
        }

        assertThat(seen).hasSize(6 * (OF_BOTH.size() + 1));
    }

    /** What a proxy does in front of a server that is not up yet. */
    private static void closeAll(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                server.accept().close();
            } catch (IOException e) {
                assertThat(server.isClosed()).isTrue();
            }
        }
    }

    private static String wrongPassword(String yaml, String connection) {
        return yaml.replaceAll("(" + connection + ": \\{.*?password: )[^,}]+", "$1wrong");
    }

    private void each(ExitCode code, String yaml, List<String> seen) throws Exception {
        String alone = code == ExitCode.MYSQL ? "init" : "report";
        for (String command : Stream.concat(OF_BOTH.stream(), Stream.of(alone)).toList()) {
            String printed = run(code, command, yaml);
            assertThat(printed.lines().filter(l -> l.startsWith("error"))).as(printed).hasSize(1);
            seen.add(printed);
        }
        assertThat(run(ExitCode.DONE, "stop", yaml)).contains("nothing runs");
    }

    /** Runs a command; returns all that it printed. */
    private String run(ExitCode expected, String command, String yaml) throws Exception {
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed, true);
        MySqlConfig mysql = ConfigLoader.load("it.yml", yaml, Map.of()).mysql();
        int code =
                Main.run(
                        Map.of("MYSQL_PASSWORD", mysql.password().reveal()),
                        out,
                        out,
                        Stream.concat(
                                        Stream.of(command.split(" ")),
                                        command.equals("init")
                                                ? ofInit(mysql)
                                                : ofConfig(command, yaml))
                                .toArray(String[]::new));
        assertThat(code).as(command + "\n" + printed).isEqualTo(expected.code());
        assertThat(printed.toString()).as(command).doesNotContain("bug:");
        assertThat(CLASS_NAME.matcher(printed.toString()).results().map(r -> r.group()))
                .as(command + "\n" + printed)
                .isEmpty();
        return printed.toString();
    }

    private static Stream<String> ofInit(MySqlConfig mysql) {
        String port = Integer.toString(mysql.port());
        return Stream.of(
                "--host",
                mysql.host(),
                "--port",
                port,
                "--user",
                mysql.user(),
                "--database",
                mysql.database());
    }

    private Stream<String> ofConfig(String command, String yaml) throws IOException {
        Path config = Files.writeString(folder.resolve("it.yml"), yaml);
        List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
        if (!command.equals("check")) {
            arguments.addAll(List.of("--state-dir", folder.resolve("state").toString()));
        }
        if (command.equals("report")) {
            arguments.addAll(List.of("--output", folder.resolve("report.html").toString()));
        }
        return arguments.stream();
    }

    /** Also inside their jobs, which are not restarted: that would take minutes and be told of. */
    @Test
    void aReadOnlyIotdbEndsWhatWrites() throws Exception {
        try (Session session = database.session()) {
            session.executeNonQueryStatement("SET SYSTEM TO READONLY");
            try {
                for (String command : List.of("cdc", "verify")) {
                    assertThat(run(ExitCode.IOTDB, command, migration.yaml()))
                            .contains("does not accept writes", "SET SYSTEM TO RUNNING")
                            .doesNotContain("restart");
                }
                run(ExitCode.DONE, "status", migration.yaml());
                assertThat(run(ExitCode.IOTDB, "check", migration.yaml())).contains("read-only is");
            } finally {
                session.executeNonQueryStatement("SET SYSTEM TO RUNNING");
            }
        }
        migration.awaitWritable();
    }

    /** No retry mends a value that MySQL cannot compute, or a view of what is gone. */
    @Test
    void rowsThatMySqlCannotReadEndTheJobAtOnce() throws Exception {
        database.execute(
                "ALTER TABLE t ADD u INT UNSIGNED DEFAULT 1",
                "ALTER TABLE t ADD less INT UNSIGNED AS (u - 2) VIRTUAL",
                "CREATE TABLE origin LIKE t",
                "CREATE VIEW seen AS SELECT id, dev, ts, v FROM origin",
                "DROP TABLE origin");
        assertThat(
                        run(
                                ExitCode.MYSQL,
                                "backfill",
                                migration.yaml().replace("name: v", "name: less")))
                .contains("refuses what is asked", "out of range")
                .doesNotContain("restart");
        assertThat(
                        run(
                                ExitCode.CONFIG,
                                "check",
                                migration.yaml().replace("table: t", "table: seen")))
                .contains("MySQL tells no columns of it");
    }
}
