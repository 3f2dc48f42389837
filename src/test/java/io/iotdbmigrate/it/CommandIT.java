package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.InProcess;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import io.iotdbmigrate.testkit.Tool.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the distribution against real servers. */
@ExtendWith(ServersExtension.class)
class CommandIT {
    private static final int ROWS = 40_000;
    private static final String COLOUR = "\u001b\\[[0-9;]*m";
    private static final String MAPPING =
            """
            - table: t
              device_field: dev
              timestamp_field: ts
              timestamp_unit: ms
              device_template: DB.d{dev}
              measurements: [{name: v}]
            """;

    @TempDir Path folder;
    private TestDatabase database;
    private Migration migration;
    private Tool tool;

    @BeforeEach
    void fill(TestDatabase own) throws Exception {
        database = own;
        tool = new Tool(folder);
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT, v INT, KEY (dev, ts))");
        database.insert("t", ROWS, "n, n % 7, n, n");
        migration =
                new Migration(
                        database,
                        folder.resolve("state"),
                        MAPPING,
                        "backfill: {chunk_rows: 2000}\nflink: {checkpoint_interval: 200ms}");
        Files.writeString(folder.resolve("it.yml"), migration.yaml());
    }

    private Result run(String... args) throws Exception {
        return tool.run(args);
    }

    /** In the state folder that the installed tool takes by itself. */
    private Result inProcess(String... args) {
        return InProcess.run(
                Stream.concat(
                                Stream.of(args),
                                Stream.of(
                                        "--config",
                                        folder.resolve("it.yml").toString(),
                                        "--state-dir",
                                        ownState().toString()))
                        .toArray(String[]::new));
    }

    private Path ownState() {
        return folder.resolve(".iotdb-migrate").resolve(database.name());
    }

    private Contents expected() throws Exception {
        return Contents.expected(
                database,
                "SELECT CONCAT('"
                        + database.iotdbDatabase()
                        + ".d', dev), ts, 'v', 'INT32', v FROM t WHERE ts IS NOT NULL");
    }

    /** Both what is drawn over and what stays have to get there. */
    @Test
    void everyCommandIsReadableOnATerminal() throws Exception {
        Files.writeString(
                folder.resolve("it.yml"), migration.yaml() + "\ncutover: {pause: lock_tables}\n");
        assertThat(onTerminal(0, "check")).contains("ready: 0 errors");
        assertThat(onTerminal(0, "backfill")).contains("backfill finished: ", "next: ");
        assertThat(onTerminal(0, "verify")).contains("equal: 40,000 rows compared");
        assertThat(onTerminal(0, "status")).contains("nothing runs");
        assertThat(onTerminal(8, "cutover")).contains("1. preflight", "not ready;");
    }

    private String onTerminal(int exitCode, String command) throws Exception {
        Result result = tool.runOnTerminal(command, "--config", "it.yml");
        assertThat(result.exitCode()).as(result.out()).isEqualTo(exitCode);
        return result.out().replaceAll(COLOUR, "");
    }

    @Test
    void checkThenBackfillThenAgain() throws Exception {
        Result check = run("check", "--config", "it.yml");
        assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
        assertThat(check.err()).isEmpty();
        assertThat(check.outLines())
                .last()
                .asString()
                .startsWith("ready: ")
                .endsWith("; next: iotdb-migrate backfill --config it.yml");
        assertThat(folder.resolve(".iotdb-migrate")).doesNotExist();

        Result plan = inProcess("backfill", "--dry-run");
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out()).contains("v INT32");
        assertThat(migration.contents().size()).isZero();

        Result backfill = run("backfill", "--config", "it.yml");
        assertThat(backfill.exitCode()).as(backfill.err()).isZero();
        assertThat(backfill.out())
                .contains("backfill finished: 40,000 rows", "as of binlog position");
        assertThat(migration.contents()).isEqualTo(expected());

        Result again = inProcess("backfill", "--output", "json");
        assertThat(again.exitCode()).isZero();
        assertThat(new ObjectMapper().readTree(again.out()).path("status").asText())
                .isEqualTo("already_finished");

        assertThat(Files.readString(ownState().resolve("log/iotdb-migrate.log")))
                .contains("INFO")
                .doesNotContain(database.servers().mysqlPassword());
    }

    @Test
    void rejectedRowsAreInTheFileThatTheReportNames() throws Exception {
        database.execute("UPDATE t SET ts = NULL WHERE id IN (5, 6)");

        Result result = inProcess("backfill", "--output", "json");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(10);
        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.path("rejected").asLong()).isEqualTo(2);
        assertThat(report.path("rows").asLong()).isEqualTo(ROWS);
        assertThat(Files.readAllLines(Path.of(report.path("rejected_file").asText()))).hasSize(2);
        assertThat(migration.contents()).isEqualTo(expected());
    }

    @Test
    void flinksWebUiIsShownOnRequest() throws Exception {
        migration.backfill();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String[] command = {"cdc", "-c", "it.yml", "--ui-port", Integer.toString(port)};
        Process cdc = tool.start(command);
        HttpRequest page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () ->
                                HttpClient.newHttpClient()
                                        .send(page, BodyHandlers.ofString())
                                        .body()
                                        .contains("<title>Apache Flink Web Dashboard</title>"));
        Tool.signal(cdc, "INT");
        assertThat(tool.end(cdc).exitCode()).isEqualTo(130);

        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Result refused = inProcess("cdc", "--ui-port", Integer.toString(port));
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("port " + taken.getLocalPort() + " of this machine is taken");
        }
    }

    /** It is said that Ctrl-C works before the job runs, and so it does. */
    @Test
    void aReplicationIsStoppedBeforeItsTasksRun() throws Exception {
        migration.backfill();
        String[] command = {"cdc", "-c", "it.yml"};
        for (String begin : List.of("beginning at", "going on from savepoint")) {
            Process cdc = tool.start(command);
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> tool.err().contains(begin));
            Tool.signal(cdc, "INT");
            Result stopped = tool.end(cdc);
            assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
            assertThat(stopped.out()).startsWith("stopped with savepoint ");
        }
    }

    @Test
    void aSignalStopsAndTheSameCommandGoesOn() throws Exception {
        String[] command = {"backfill", "-c", "it.yml", "--state-dir", "state"};
        String[] slow = {
            "backfill", "-c", "it.yml", "--state-dir", "state", "--rate-limit", "4000"
        };
        for (String signal : List.of("INT", "TERM")) {
            Path former = checkpoint();
            Process process = tool.start(slow);
            await().atMost(Duration.ofMinutes(2))
                    .until(this::checkpoint, c -> c != null && !c.equals(former));
            Tool.signal(process, signal);
            Result stopped = tool.end(process);

            assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
            assertThat(stopped.err()).contains("stopping after a last checkpoint");
            assertThat(stopped.out())
                    .isEqualTo(
                            "stopped; to go on from here, run it again: iotdb-migrate "
                                    + String.join(" ", slow)
                                    + "\n");
        }

        Result resumed = run(command);

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("going on after the chunks that were finished");
        assertThat(migration.contents()).isEqualTo(expected());
    }

    /** The newest one; null where there is none. */
    private @Nullable Path checkpoint() throws Exception {
        if (!Files.exists(folder.resolve("state/checkpoints"))) {
            return null;
        }
        try (Stream<Path> files = Files.walk(folder.resolve("state/checkpoints"))) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElse(null);
        } catch (UncheckedIOException e) {
            return null; // A folder vanished while it was listed.
        }
    }
}
