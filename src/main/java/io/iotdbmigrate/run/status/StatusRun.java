package io.iotdbmigrate.run.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.backfill.BackfillMetrics;
import io.iotdbmigrate.flink.cdc.CdcMetrics;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.cluster.JobMetrics;
import io.iotdbmigrate.flink.cluster.JobPages;
import io.iotdbmigrate.flink.cluster.RestMetrics;
import io.iotdbmigrate.flink.cluster.RestartReasons;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.CutoverEntries;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.CountedTables;
import io.iotdbmigrate.mysql.binlog.SameBinlog;
import io.iotdbmigrate.run.state.RemoteJobFinder;
import io.iotdbmigrate.run.state.RunningJob;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.MigrationStatus.Job;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that finds out how a migration stands: from its job, from the journal, and from MySQL's
 * binlog.
 */
public final class StatusRun {
    private static final Logger LOG = LoggerFactory.getLogger(StatusRun.class);
    private static final long RATE_MILLIS = 1_000;

    /** A person waits for the answer: 0.6 s are enough for a server that starts anew. */
    private static final int RETRIES = 2;

    /** The client asks several times for a session before it gives up. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MigrationConfig config;
    private final StateFolder state;

    public StatusRun(MigrationConfig config, StateFolder state) {
        this.config = config.atOrigin();
        this.state = state;
    }

    /** Reads the status of what the state folder knows of. */
    public MigrationStatus read() throws Exception {
        return read(null);
    }

    /**
     * Takes about a second where a job runs, in which its rate is measured; meanwhile the servers
     * are asked.
     *
     * @param cluster where to look for the job if the state folder knows of none
     */
    public MigrationStatus read(@Nullable ClusterAddress cluster) throws Exception {
        Optional<RunningJob> running = new RemoteJobFinder(config, state).find(cluster);
        FutureTask<Optional<Job>> job =
                new FutureTask<>(
                        () ->
                                running.isPresent()
                                        ? Optional.of(job(running.get()))
                                        : Optional.empty());
        FutureTask<Noted> noted = new FutureTask<>(this::noted);
        List<Thread> asking = List.of(beside("job", job), beside("journal", noted));
        try (BinlogServer server = new BinlogServer(config.mysql())) {
            Noted notes = noted.get();
            BinlogPosition head = server.head();
            OptionalLong lag = lag(server, notes.applied());
            return new MigrationStatus(
                    config.name(),
                    job.get(),
                    notes.backfill(),
                    notes.applied(),
                    head,
                    lag,
                    notes.switchedAt());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        } finally {
            asking.forEach(Thread::interrupt);
        }
    }

    private static Thread beside(String what, Runnable task) {
        Thread thread = new Thread(task, "status of the " + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** What the journal says. It is read while MySQL is still being connected to. */
    private record Noted(
            Optional<Applied> applied,
            Optional<BackfillJournal.Finished> backfill,
            Optional<Instant> switchedAt) {}

    private Noted noted() throws Exception {
        try (Journal journal = journal()) {
            List<Journal.Entry> entries = journal.entries();
            return new Noted(
                    CdcJournal.read(journal),
                    BackfillJournal.lastFinished(
                            entries, config.mappedTables(), config::isByPattern),
                    CutoverEntries.switchedAt(entries));
        }
    }

    private Journal journal() {
        return new Journal(
                Retries.brief(config.iotdb().tree(), RETRIES, PATIENCE, LOG::warn), config.name());
    }

    /**
     * Counts the events behind what was applied last.
     *
     * @throws UserException exit code 4, if the binlog was begun anew and has no event there
     */
    private OptionalLong lag(BinlogServer server, Optional<Applied> applied) {
        Optional<ChangePosition> last = applied.flatMap(a -> a.positionOn(server.uuid()));
        if (last.isEmpty()) {
            return OptionalLong.empty();
        }
        new SameBinlog(server).requireEventAt(last.get());
        CountedTables tables = CdcSpecs.counted(config);
        return OptionalLong.of(
                server.lag().eventsBehind(last.get(), tables, MigrationStatus.MOST_EVENTS));
    }

    private Job job(RunningJob running) throws InterruptedException {
        boolean backfill = running.command().equals("backfill");
        JobPages pages = new JobPages(running.rest(), running.job());
        try {
            JsonNode job = pages.get("");
            if (job.isMissingNode()) {
                return unknown(running, MigrationStatus.GONE);
            }
            Optional<JobMetrics> metrics =
                    metrics(running, job, backfill ? BackfillMetrics.PREFIX : CdcMetrics.PREFIX);
            Map<String, Long> before = valuesOf(metrics);
            Thread.sleep(RATE_MILLIS);
            Map<String, Long> values = valuesOf(metrics);
            long events = rows(backfill, values);
            JsonNode completed = pages.get("/checkpoints").at("/latest/completed");
            JsonNode restarts = pages.get("/metrics?get=numRestarts");
            return new Job(
                    running,
                    job.path("state").asText(),
                    events,
                    before.isEmpty() ? 0 : events - rows(backfill, before),
                    Duration.ofMillis(values.getOrDefault(CdcMetrics.READ_DELAY, 0L)),
                    completed.isObject()
                            ? Optional.of(
                                    Instant.ofEpochMilli(
                                            completed.path("latest_ack_timestamp").asLong()))
                            : Optional.empty(),
                    restarts.path(0).path("value").asLong(),
                    RestartReasons.newest(pages)
                            .filter(r -> !r.planned())
                            .map(r -> new MigrationStatus.Failure(r.sentence(), r.times())),
                    CdcMetrics.awaited(values, Instant.now()),
                    values.getOrDefault(CdcMetrics.REJECTED, 0L));
        } catch (IOException e) {
            LOG.warn("the job at {} does not answer", running.rest(), e);
            return unknown(running, "UNREACHABLE");
        }
    }

    /**
     * Reads the metrics; empty while the cluster does not say yet what a job that has begun
     * consists of.
     */
    private static Optional<JobMetrics> metrics(RunningJob running, JsonNode job, String prefix) {
        List<JobVertexID> vertices = new ArrayList<>();
        for (JsonNode vertex : job.path("vertices")) {
            vertices.add(JobVertexID.fromHexString(vertex.path("id").asText()));
        }
        return vertices.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new RestMetrics(
                                running.rest(),
                                JobID.fromHexString(running.job()),
                                vertices,
                                prefix));
    }

    private static Map<String, Long> valuesOf(Optional<JobMetrics> metrics)
            throws IOException, InterruptedException {
        return metrics.isPresent() ? metrics.get().read() : Map.of();
    }

    /**
     * Counts the rows of a backfill. A backfill has a metric for each table's rows, and one for
     * those of before a restart.
     */
    private static long rows(boolean backfill, Map<String, Long> values) {
        return backfill
                ? values.entrySet().stream()
                        .filter(metric -> BackfillMetrics.countsRows(metric.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                : values.getOrDefault(CdcMetrics.EVENTS, 0L);
    }

    private static Job unknown(RunningJob running, String state) {
        return new Job(
                running,
                state,
                0,
                0,
                Duration.ZERO,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                0);
    }
}
