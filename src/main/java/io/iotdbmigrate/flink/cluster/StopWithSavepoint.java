package io.iotdbmigrate.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stop that ends a replication so that the next one can resume it. A job takes no savepoint until
 * all of its tasks run, though it calls itself running before, and none while it restarts: it is
 * asked again for a while. One that does not run by then is cancelled, and its last checkpoint is
 * where the next one goes on.
 */
public final class StopWithSavepoint {
    private static final Logger LOG = LoggerFactory.getLogger(StopWithSavepoint.class);

    /** How long a job that does not run yet, or not now, is asked again. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Executor SOON =
            CompletableFuture.delayedExecutor(250, TimeUnit.MILLISECONDS);

    private final RestClusterClient<?> client;
    private final JobID job;
    private final @Nullable String folder;
    private final Instant end;

    private StopWithSavepoint(
            RestClusterClient<?> client, JobID job, @Nullable String folder, Duration patience) {
        this.client = client;
        this.job = job;
        this.folder = folder;
        this.end = Instant.now().plus(patience);
    }

    /**
     * Asks for it and returns at once.
     *
     * @param folder URI; null for the one that the cluster has for savepoints
     * @param patience how long a job that does not run is asked again; usually {@link #PATIENCE}
     * @return URI of the savepoint, or of the last checkpoint; empty if the job had none yet
     */
    public static CompletableFuture<Optional<String>> stop(
            RestClusterClient<?> client, JobID job, @Nullable String folder, Duration patience) {
        return new StopWithSavepoint(client, job, folder, patience).ask();
    }

    private CompletableFuture<Optional<String>> ask() {
        return client.stopWithSavepoint(job, false, folder, SavepointFormatType.CANONICAL)
                .thenApply(Optional::of)
                .exceptionallyCompose(
                        failure ->
                                client.getJobStatus(job)
                                        .thenCompose(status -> again(failure, status)));
    }

    private CompletableFuture<Optional<String>> again(Throwable failure, JobStatus status) {
        boolean runs = status == JobStatus.RUNNING && !isStarting(failure);
        if (runs || status.isGloballyTerminalState()) {
            return CompletableFuture.failedFuture(failure);
        }
        if (Instant.now().isBefore(end)) {
            LOG.info("job {} does not run, and is asked for a savepoint again", job, failure);
            return CompletableFuture.runAsync(() -> {}, SOON).thenCompose(waited -> ask());
        }
        LOG.warn("job {} does not run, and is ended at its last checkpoint", job, failure);
        try {
            Optional<String> checkpoint = lastCheckpoint();
            return client.cancel(job)
                    .thenCompose(cancelled -> client.requestJobResult(job))
                    .thenApply(ended -> checkpoint);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Returns the newest one that is complete, or from which the job was restored. */
    private Optional<String> lastCheckpoint() throws IOException {
        JsonNode latest =
                new JobPages(client.getWebInterfaceURL(), job.toHexString())
                        .get("/checkpoints")
                        .path("latest");
        for (String kind : new String[] {"completed", "restored"}) {
            JsonNode place = latest.path(kind).path("external_path");
            if (place.isTextual()) {
                return Optional.of(place.asText());
            }
        }
        return Optional.empty();
    }

    /** Tells whether the job is starting yet. Over REST the cluster's exception arrives as text. */
    private static boolean isStarting(Throwable failure) {
        return said(failure, CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING.message())
                || said(failure, CheckpointFailureReason.CHECKPOINT_COORDINATOR_SUSPEND.message())
                || said(failure, "Unable to get JobMasterGateway for initializing job");
    }

    private static boolean said(Throwable failure, String words) {
        return ExceptionUtils.findThrowableWithMessage(failure, words).isPresent();
    }
}
