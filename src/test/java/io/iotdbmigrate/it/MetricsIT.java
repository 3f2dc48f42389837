package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.testkit.FlinkRest;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.OnFlink;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard beside what Flink's Prometheus reporter says of jobs that run. */
@OnFlink
@ExtendWith(ServersExtension.class)
class MetricsIT {
    private static final Path DASHBOARD = Path.of("dist", "grafana", "iotdb-migrate.json");
    private static final Pattern METRIC = Pattern.compile("flink_\\w+");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> seen = new TreeSet<>();
    private String ports = "";

    @BeforeEach
    void findReporter(TestDatabase database) throws Exception {
        FlinkRest flink = new FlinkRest(database.servers().flinkRest());
        for (JsonNode entry : flink.get("/jobmanager/config")) {
            if (entry.path("key").asText().equals("metrics.reporter.prom.port")) {
                ports = entry.path("value").asText();
            }
        }
        assumeTrue(!ports.isEmpty(), "the Flink cluster has no Prometheus reporter");
    }

    @Test
    void everyMetricOfTheDashboardExists(TestDatabase database) throws Exception {
        Set<String> wanted = new TreeSet<>();
        for (Matcher m = METRIC.matcher(Files.readString(DASHBOARD)); m.find(); ) {
            wanted.add(m.group());
        }
        assertThat(wanted).hasSizeGreaterThan(10);
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT, v INT, KEY (dev, ts))");
        database.insert("t", 6_000, "n, n % 7, n, n");
        Migration migration =
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
                        "flink: {checkpoint_interval: 200ms}\n"
                                + "backfill: {chunk_rows: 500, rate_limit: 2000}\n");
        CompletableFuture<Void> copied =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                migration.runRemotely(false);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        await().pollInterval(Duration.ofMillis(250))
                .atMost(PATIENCE)
                .until(
                        () -> {
                            scrape();
                            return copied.isDone();
                        });
        copied.get();
        try (Replication replication = migration.replicateRemotely()) {
            database.execute("UPDATE t SET v = -1 WHERE id = 1", "DELETE FROM t WHERE id = 2");
            replication.awaitSome();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                scrape();
                                assertThat(seen).containsAll(wanted);
                            });
        }
    }

    /** The JobManager has one of the ports, the TaskManager another; one of them may be free. */
    private void scrape() throws IOException, InterruptedException {
        for (String port : ports.split(",", -1)) {
            try {
                String page =
                        http.send(
                                        HttpRequest.newBuilder(
                                                        URI.create(
                                                                "http://127.0.0.1:"
                                                                        + port.strip()
                                                                        + "/metrics"))
                                                .build(),
                                        BodyHandlers.ofString())
                                .body();
                for (Matcher m = METRIC.matcher(page); m.find(); ) {
                    seen.add(m.group());
                }
            } catch (ConnectException e) {
                assertThat(port).as("a port of the reporter's range").isNotEmpty();
            }
        }
    }
}
