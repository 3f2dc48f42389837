package io.iotdbmigrate.flink.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stop that ends a replication so that it can be gone on with. A job calls itself running before
 * all of its tasks do, and until they do it takes no savepoint; it is asked again until they run.
 */
public final class StopWithSavepoint {
    private static final Logger LOG = LoggerFactory.getLogger(StopWithSavepoint.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Executor SOON =
            CompletableFuture.delayedExecutor(250, TimeUnit.MILLISECONDS);

    private final RestClusterClient<?> client;
    private final JobID job;
    private final @Nullable String folder;
    private final Instant end = Instant.now().plus(PATIENCE);

    private StopWithSavepoint(RestClusterClient<?> client, JobID job, @Nullable String folder) {
        this.client = client;
        this.job = job;
        this.folder = folder;
    }

    /**
     * Asks for it and returns at once.
     *
     * @param folder URI; null for the one that the cluster has for savepoints
     * @return URI of the savepoint
     */
    public static CompletableFuture<String> of(
            RestClusterClient<?> client, JobID job, @Nullable String folder) {
        return new StopWithSavepoint(client, job, folder).ask();
    }

    private CompletableFuture<String> ask() {
        return client.stopWithSavepoint(job, false, folder, SavepointFormatType.CANONICAL)
                .exceptionallyCompose(this::again);
    }

    private CompletableFuture<String> again(Throwable failure) {
        if (!isStarting(failure) || Instant.now().isAfter(end)) {
            return CompletableFuture.failedFuture(failure);
        }
        LOG.info("job {} is about to run, and asked for a savepoint again then", job, failure);
        return CompletableFuture.runAsync(() -> {}, SOON).thenCompose(waited -> ask());
    }

    /** Tells whether the job is starting yet. Over REST the cluster's exception arrives as text. */
    private static boolean isStarting(Throwable failure) {
        return ExceptionUtils.findThrowableWithMessage(
                                failure,
                                CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING.message())
                        .isPresent()
                || ExceptionUtils.findThrowableWithMessage(
                                failure, "Unable to get JobMasterGateway for initializing job")
                        .isPresent();
    }
}
