package io.iotdbmigrate.config;

import io.iotdbmigrate.config.CutoverConfig.Hooks;
import io.iotdbmigrate.config.CutoverConfig.Pause;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.yaml.Units;
import io.iotdbmigrate.config.yaml.YamlMap;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the jobs run: {@code backfill, sink, rejected_rows, flink, cutover}. */
final class RuntimeReader {
    private static final String FOLDER = "the URI of a folder, such as file:///var/checkpoints";

    /** As far as a scheme and a slash. */
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/");

    private static final long KIB = 1024;
    private static final String EXECUTABLE = "the path of an executable";

    private final YamlMap root;

    RuntimeReader(YamlMap root) {
        this.root = root;
    }

    BackfillConfig backfill() {
        YamlMap backfill = root.section("backfill", "parallelism", "chunk_rows", "rate_limit");
        return new BackfillConfig(
                backfill.integer("parallelism", defaultParallelism(), 1, 1024),
                backfill.integer("chunk_rows", 100_000, 1, Integer.MAX_VALUE),
                backfill.number("rate_limit", 0, 0, Long.MAX_VALUE));
    }

    /**
     * Returns half of the processors: MySQL and IoTDB often run on the same machine and want
     * processors, too.
     */
    private static int defaultParallelism() {
        return Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
    }

    SinkConfig sink() {
        YamlMap sink = root.section("sink", "batch_rows", "max_buffered", "retries");
        return new SinkConfig(
                sink.integer("batch_rows", 10_000, 1, 1_000_000),
                sink.bytes("max_buffered", 64 * KIB * KIB, KIB),
                sink.integer("retries", 10, 0, Integer.MAX_VALUE));
    }

    RejectedRowsConfig rejectedRows() {
        YamlMap rejected = root.section("rejected_rows", "max");
        return new RejectedRowsConfig(rejected.number("max", 1000, 0, Long.MAX_VALUE));
    }

    FlinkConfig flink() {
        YamlMap flink = root.section("flink", "checkpoint_interval", "checkpoint_dir", "restart");
        YamlMap restart = flink.section("restart", "initial_backoff", "max_backoff", "attempts");
        Duration initial =
                restart.duration("initial_backoff", Duration.ofSeconds(1), Duration.ofMillis(1));
        Duration max =
                restart.duration("max_backoff", Duration.ofSeconds(60), Duration.ofMillis(1));
        if (initial.compareTo(max) > 0) {
            restart.problem(
                    restart.has("max_backoff") ? "max_backoff" : "initial_backoff",
                    "max_backoff "
                            + Units.text(max)
                            + " is shorter than initial_backoff "
                            + Units.text(initial)
                            + "; make it at least as long");
        }
        return new FlinkConfig(
                flink.duration("checkpoint_interval", Duration.ofMillis(10)),
                checkpointDir(flink),
                new FlinkConfig.Restart(
                        initial, max, restart.integer("attempts", 30, 0, Integer.MAX_VALUE)));
    }

    private static @Nullable String checkpointDir(YamlMap flink) {
        String folder = flink.text("checkpoint_dir", FOLDER);
        if (folder != null && !folder.isEmpty() && !URI.matcher(folder).lookingAt()) {
            flink.problem("checkpoint_dir", "\"" + folder + "\" is no URI; write " + FOLDER);
        }
        return folder;
    }

    CutoverConfig cutover() {
        YamlMap cutover =
                root.section("cutover", "pause", "hooks", "max_lag", "drain_timeout", "verify");
        YamlMap hooks = cutover.section("hooks", "pause", "resume", "switch");
        Pause pause = cutover.choice("pause", Pause.READ_ONLY);
        if (pause == Pause.HOOK) {
            requireHook(hooks, "pause", "stops the application's writes");
            requireHook(hooks, "resume", "lets the application write again");
        }
        return new CutoverConfig(
                pause,
                new Hooks(
                        hooks.text("pause", EXECUTABLE),
                        hooks.text("resume", EXECUTABLE),
                        hooks.text("switch", EXECUTABLE)),
                cutover.duration("max_lag", Duration.ofSeconds(30), Duration.ZERO),
                cutover.duration("drain_timeout", Duration.ofSeconds(60), Duration.ofMillis(1)),
                cutover.choice("verify", Verify.RECENT));
    }

    private static void requireHook(YamlMap hooks, String key, String purpose) {
        if (!hooks.has(key)) {
            hooks.problem(
                    key,
                    "is missing, but cutover.pause is hook; add the executable that " + purpose);
        }
    }
}
