package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The installed tool, killed in the middle and started again. */
@ExtendWith(ServersExtension.class)
class KillIT {
    private static final int ROWS = 60_000;

    @Test
    void afterAKillTheNextRunGoesOnAndEndsWithTheSameContent(
            TestDatabase database, @TempDir Path folder) throws Exception {
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT)");
        database.insert("t", ROWS, "n, n % 50, n, n");
        String mapping =
                """
                - table: t
                  device_field: dev
                  timestamp_field: ts
                  timestamp_unit: ms
                  device_template: DB.d{dev}
                  measurements: [{name: v}]
                """;
        String rest = "backfill: {chunk_rows: 5000}\nflink: {checkpoint_interval: 300ms}";
        Migration migration = new Migration(database, folder, mapping, rest);
        Path config = Files.writeString(folder.resolve("plant.yml"), migration.yaml());
        Tool tool = new Tool(folder);
        Process process =
                tool.start("backfill", "--config", config.toString(), "--rate-limit", "8000");
        Path state = folder.resolve(".iotdb-migrate").resolve(database.name());
        await().atMost(Duration.ofMinutes(2)).until(() -> completedCheckpoints(state) >= 3);

        process.destroyForcibly().waitFor();

        int before = migration.contents().size();
        assertThat(before).isBetween(1, ROWS - 1);
        Tool.Result second =
                tool.run("backfill", "--config", config.toString(), "--output", "json");
        assertThat(second.err()).contains("going on after");
        assertThat(second.exitCode()).isZero();
        JsonNode report = new JsonMapper().readTree(second.out());
        assertThat(report.path("status").asText()).isEqualTo("finished");
        assertThat(report.path("tables").get(0).path("rows").asLong()).isEqualTo(ROWS);
        assertThat(migration.contents())
                .isEqualTo(
                        Contents.expected(
                                database,
                                "SELECT CONCAT('"
                                        + database.iotdbDatabase()
                                        + ".d', dev), ts, 'v', 'INT32', v FROM t"));
    }

    private static long completedCheckpoints(Path state) {
        Path checkpoints = state.resolve("checkpoints");
        if (!Files.exists(checkpoints)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(f -> f.endsWith("_metadata"))
                    .map(f -> f.getParent().getFileName().toString())
                    .filter(name -> name.startsWith("chk-"))
                    .mapToLong(name -> Long.parseLong(name.substring(4)))
                    .max()
                    .orElse(0);
        } catch (UncheckedIOException | IOException e) {
            // Flink deletes old checkpoints while we look.
            return 0;
        }
    }
}
