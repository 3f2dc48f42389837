package io.iotdbmigrate.flink.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.BackfillJournal;
import io.iotdbmigrate.flink.CdcJournal;
import io.iotdbmigrate.flink.CdcJournal.Applied;
import io.iotdbmigrate.flink.CdcMetrics;
import io.iotdbmigrate.flink.launch.MigrationStatus.Job;
import io.iotdbmigrate.iotdb.Journal;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.BinlogServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out how a migration stands: from its job, from the journal, and from MySQL's binlog. */
public final class StatusRun {
    private static final Logger LOG = LoggerFactory.getLogger(StatusRun.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long RATE_MILLIS = 1_000;

    private final MigrationConfig config;
    private final StateFolder state;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final JsonMapper json = new JsonMapper();

    public StatusRun(MigrationConfig config, StateFolder state) {
        this.config = config;
        this.state = state;
    }

    /** Takes about a second, in which the rate is measured. */
    public MigrationStatus read() throws IOException, InterruptedException {
        Optional<RunningJob> running = RunningJob.read(state.runningFile());
        Optional<Job> job =
                running.isPresent() ? Optional.of(job(running.get())) : Optional.empty();
        try (Journal journal =
                        new Journal(
                                new Retries(config.iotdb(), config.sink().retries(), LOG::warn),
                                config.name());
                BinlogServer server = new BinlogServer(config.mysql())) {
            Optional<Applied> applied = CdcJournal.read(journal);
            BinlogPosition head = server.head();
            List<String> tables = config.mappings().stream().map(m -> m.table()).toList();
            return new MigrationStatus(
                    config.name(),
                    job,
                    BackfillJournal.lastFinished(journal.entries(), tables),
                    applied,
                    head,
                    lag(server, applied));
        }
    }

    private OptionalLong lag(BinlogServer server, Optional<Applied> applied) {
        if (applied.isEmpty() || applied.get().position() == null) {
            return OptionalLong.empty();
        }
        Set<TableId> tables =
                config.mappings().stream()
                        .map(m -> new TableId(config.mysql().database(), m.table()))
                        .collect(Collectors.toSet());
        return OptionalLong.of(
                server.eventsBehind(applied.get().position(), tables, MigrationStatus.MOST_EVENTS));
    }

    private Job job(RunningJob running) throws InterruptedException {
        try {
            JsonNode job = get(running, "");
            JobMetrics metrics =
                    new JobMetrics(
                            running.rest(),
                            JobID.fromHexString(running.job()),
                            JobVertexID.fromHexString(
                                    job.path("vertices").path(0).path("id").asText()),
                            CdcMetrics.PREFIX);
            Map<String, Long> before = metrics.read();
            Thread.sleep(RATE_MILLIS);
            Map<String, Long> values = metrics.read();
            long events = values.getOrDefault(CdcMetrics.EVENTS, 0L);
            JsonNode completed = get(running, "/checkpoints").path("latest").path("completed");
            JsonNode restarts = get(running, "/metrics?get=numRestarts");
            return new Job(
                    running,
                    job.path("state").asText(),
                    events,
                    events - before.getOrDefault(CdcMetrics.EVENTS, events),
                    Duration.ofMillis(values.getOrDefault(CdcMetrics.READ_DELAY, 0L)),
                    completed.isObject()
                            ? Optional.of(
                                    Instant.ofEpochMilli(
                                            completed.path("latest_ack_timestamp").asLong()))
                            : Optional.empty(),
                    restarts.path(0).path("value").asLong(),
                    values.getOrDefault(CdcMetrics.REJECTED, 0L));
        } catch (IOException e) {
            LOG.warn("the job at {} does not answer", running.rest(), e);
            return new Job(running, "UNREACHABLE", 0, 0, Duration.ZERO, Optional.empty(), 0, 0);
        }
    }

    private JsonNode get(RunningJob running, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(running.rest() + "/jobs/" + running.job() + path))
                        .timeout(TIMEOUT)
                        .GET()
                        .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(request.uri() + " answers " + answer.statusCode());
        }
        return json.readTree(answer.body());
    }
}
