package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.Main;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every command against servers that are away, refuse the user, or take no writes. */
@ExtendWith(ServersExtension.class)
class RefusedIT {
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z]\\w*\\.){2,}[A-Z]\\w*|\\b\\w+(?:Exception|Error)\\b");
    private static final List<String> COMMANDS =
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

        assertThat(seen).hasSize(4 * COMMANDS.size());
    }

    private static String wrongPassword(String yaml, String connection) {
        return yaml.replaceAll("(" + connection + ": \\{.*?password: )[^,}]+", "$1wrong");
    }

    private void each(ExitCode code, String yaml, List<String> seen) throws Exception {
        for (String command : COMMANDS) {
            String printed = run(code, command, yaml);
            assertThat(printed.lines().filter(l -> l.startsWith("error"))).as(printed).hasSize(1);
            seen.add(printed);
        }
    }

    /** Runs a command; returns all that it printed. */
    private String run(ExitCode expected, String command, String yaml) throws Exception {
        Path config = Files.writeString(folder.resolve("it.yml"), yaml);
        List<String> state =
                command.equals("check")
                        ? List.of()
                        : List.of("--state-dir", folder.resolve("state").toString());
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed, true);
        int code =
                Main.run(
                        out,
                        out,
                        Stream.of(
                                        List.of(command.split(" ")),
                                        List.of("--config", config.toString()),
                                        state)
                                .flatMap(List::stream)
                                .toArray(String[]::new));
        assertThat(code).as(command + "\n" + printed).isEqualTo(expected.code());
        assertThat(printed.toString()).as(command).doesNotContain("bug:");
        assertThat(CLASS_NAME.matcher(printed.toString()).results().map(r -> r.group()))
                .as(command + "\n" + printed)
                .isEmpty();
        return printed.toString();
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
}
