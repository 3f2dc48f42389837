package io.iotdbmigrate.flink.cluster;

import io.iotdbmigrate.config.FlinkConfig;
import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.MigrationConfig;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** Flink's configuration, for jobs and for the embedded cluster. */
public final class FlinkSettings {
    private static final Duration METRICS_INTERVAL = Duration.ofSeconds(1);

    /** REST answers with a job's state of so long ago: by default a job begins for 3 s. */
    private static final Duration STATES_KEPT = Duration.ofMillis(300);

    /** How long the end of the cluster waits for those who asked for a savepoint. */
    private static final Duration ANSWERS_KEPT = Duration.ofSeconds(10);

    private static final int READING_ATTEMPTS = 3;

    /**
     * After how long without a restart a replication counts its restarts anew if tables may come to
     * it: each of those is a restart, too.
     */
    private static final Duration RESTARTS_FORGOTTEN = Duration.ofMinutes(10);

    /** What a restart itself may take. */
    private static final Duration RESTARTING = Duration.ofSeconds(30);

    /**
     * A task that is cancelled waits for IoTDB's answer, for what it still wrote later would come
     * between the writes of the next attempt. A silent IoTDB counts as gone after five minutes; by
     * its default Flink would end the whole process after three.
     */
    private static final Duration LONGEST_CANCELLATION = Duration.ofMinutes(10);

    private FlinkSettings() {}

    /**
     * Returns what the job itself brings along, wherever it runs.
     *
     * @param interval between checkpoints
     * @param checkpointDir URI of a folder that the whole cluster reaches
     */
    public static Configuration job(FlinkConfig config, Duration interval, String checkpointDir) {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        // Also keeps Flink from choosing a random time for the first.
        settings.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, interval);
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpointDir);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        restarts(settings, config.restart(), config.restart().attempts());
        settings.set(TaskManagerOptions.TASK_CANCELLATION_TIMEOUT, LONGEST_CANCELLATION);
        records(settings);
        return settings;
    }

    /**
     * Returns the time after a restart of a replication from which Flink counts its attempts anew,
     * whatever the back-off: Flink's own time begins when the back-off ends.
     */
    public static Duration restartsForgotten(FlinkConfig.Restart restart) {
        return RESTARTS_FORGOTTEN.plus(restart.maxBackoff()).plus(RESTARTING);
    }

    /** Returns the same for a replication. */
    public static Configuration replication(MigrationConfig config, String checkpointDir) {
        Configuration settings = job(config.flink(), config.flink().cdcInterval(), checkpointDir);
        if (config.mappings().stream().anyMatch(MappingConfig::isOfPattern)) {
            settings.set(
                    RestartStrategyOptions
                            .RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                    RESTARTS_FORGOTTEN);
        }
        return settings;
    }

    /**
     * Returns those for jobs that only read: nothing to keep, so a failed one begins anew, a few
     * times.
     */
    public static Configuration reading(FlinkConfig config) {
        Configuration settings = new Configuration();
        int attempts = Math.min(READING_ATTEMPTS, config.restart().attempts());
        restarts(settings, config.restart(), attempts);
        records(settings);
        return settings;
    }

    /**
     * Returns the embedded cluster: loopback only, memory for what our jobs use.
     *
     * @param port of its REST interface and Web UI; 0: any that is free
     */
    static Configuration localCluster(int slots, int port) {
        Configuration settings = new Configuration();
        settings.set(RestOptions.ADDRESS, "127.0.0.1");
        settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        settings.set(RestOptions.BIND_PORT, Integer.toString(port));
        settings.set(WebOptions.SUBMIT_ENABLE, false);
        settings.set(WebOptions.REFRESH_INTERVAL, STATES_KEPT);
        settings.set(JobManagerOptions.ADDRESS, "127.0.0.1");
        settings.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        settings.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
        settings.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        // Nobody else asks for slots, so there is nothing to gather before one is given.
        settings.set(ResourceManagerOptions.REQUIREMENTS_CHECK_DELAY, Duration.ZERO);
        settings.set(RestOptions.ASYNC_OPERATION_STORE_DURATION, ANSWERS_KEPT);
        settings.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, METRICS_INTERVAL);
        MetricOptions.forReporter(settings, "iotdb-migrate")
                .set(MetricOptions.REPORTER_FACTORY_CLASS, LocalMetricsFactory.class.getName());
        return settings;
    }

    private static void restarts(
            Configuration settings, FlinkConfig.Restart restart, int attempts) {
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                restart.initialBackoff());
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                restart.maxBackoff());
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, attempts);
    }

    private static void records(Configuration settings) {
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
    }
}
