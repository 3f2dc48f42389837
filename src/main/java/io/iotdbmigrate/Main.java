package io.iotdbmigrate;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.cli.Backfills;
import io.iotdbmigrate.cli.Commands;
import io.iotdbmigrate.cli.Replications;
import io.iotdbmigrate.cli.SilentJavaLogging;
import io.iotdbmigrate.cli.Surroundings;
import io.iotdbmigrate.cli.Verifies;
import io.iotdbmigrate.cli.terminal.JlineScreen;
import io.iotdbmigrate.cli.terminal.ProcessSignals;
import io.iotdbmigrate.cli.terminal.Screen;
import io.iotdbmigrate.cli.terminal.StopSignal;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.Replication;
import io.iotdbmigrate.flink.launch.BackfillListener;
import io.iotdbmigrate.flink.launch.BackfillOutcome;
import io.iotdbmigrate.flink.launch.BackfillPlan;
import io.iotdbmigrate.flink.launch.BackfillRun;
import io.iotdbmigrate.flink.launch.CdcListener;
import io.iotdbmigrate.flink.launch.CdcOutcome;
import io.iotdbmigrate.flink.launch.CdcRun;
import io.iotdbmigrate.flink.launch.ClusterAddress;
import io.iotdbmigrate.flink.launch.CountsRun;
import io.iotdbmigrate.flink.launch.JobReplication;
import io.iotdbmigrate.flink.launch.MigrationStatus;
import io.iotdbmigrate.flink.launch.RecentVerification;
import io.iotdbmigrate.flink.launch.StateFolder;
import io.iotdbmigrate.flink.launch.StatusRun;
import io.iotdbmigrate.flink.launch.StopRun;
import io.iotdbmigrate.flink.launch.StoppedJob;
import io.iotdbmigrate.flink.launch.VerifyRun;
import io.iotdbmigrate.init.ConfigInit;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyReport;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command {@code iotdb-migrate}: wires the commands to what they start. */
public final class Main {
    private static final Duration PATIENCE_WITH_STOP = Duration.ofSeconds(60);

    private Main() {}

    public static void main(String[] args) {
        SilentJavaLogging.install();
        System.exit(
                run(
                        new Surroundings(
                                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                                System.getenv(),
                                new JlineScreen(System.getenv()),
                                () ->
                                        ProcessSignals.listen(
                                                PATIENCE_WITH_STOP, Runtime.getRuntime()::halt),
                                System::nanoTime),
                        args));
    }

    /** The whole program as a function: no terminal, no signals. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(
                new Surroundings(
                        out,
                        err,
                        System.getenv(),
                        Screen.none(),
                        StopSignal::never,
                        System::nanoTime),
                args);
    }

    private static int run(Surroundings surroundings, String... args) {
        return new Commands(
                        ConfigInit::draft,
                        Check::run,
                        new FlinkBackfills(),
                        new FlinkReplications(),
                        new FlinkVerifies(),
                        (config, file, state, cluster, person) -> {
                            Replication replication =
                                    new JobReplication(config, file, state, cluster);
                            return CutoverWiring.ports(
                                    config,
                                    person,
                                    replication,
                                    new RecentVerification(config, state, replication));
                        },
                        surroundings)
                .run(args);
    }

    /** Nothing of Flink is loaded before one of these is called. */
    private static final class FlinkReplications implements Replications {
        @Override
        public boolean needsBackfill(MigrationConfig config, StateFolder state) throws Exception {
            return new CdcRun(config, state).needsBackfill();
        }

        @Override
        public CdcOutcome run(
                MigrationConfig config,
                StateFolder state,
                CdcRun.Options options,
                CdcListener listener)
                throws Exception {
            return new CdcRun(config, state).run(options, listener);
        }

        @Override
        public MigrationStatus status(
                MigrationConfig config, StateFolder state, @Nullable ClusterAddress cluster)
                throws Exception {
            return new StatusRun(config, state).read(cluster);
        }

        @Override
        public Optional<StoppedJob> stop(
                MigrationConfig config, StateFolder state, @Nullable ClusterAddress cluster)
                throws Exception {
            return new StopRun(config, state).stop(cluster);
        }
    }

    /** Nothing of Flink is loaded before one of these is called. */
    private static final class FlinkVerifies implements Verifies {
        @Override
        public Optional<VerifyReport> run(
                MigrationConfig config,
                StateFolder state,
                VerifyOptions options,
                @Nullable ClusterAddress remote,
                VerifyListener listener)
                throws Exception {
            return new VerifyRun(config, state, remote).run(options, listener);
        }

        @Override
        public CountReport counts(
                MigrationConfig config,
                StateFolder state,
                VerifyOptions options,
                VerifyListener listener)
                throws Exception {
            return new CountsRun(config, state).run(options, listener);
        }
    }

    /** Nothing of Flink is loaded before one of these is called. */
    private static final class FlinkBackfills implements Backfills {
        @Override
        public BackfillPlan plan(
                MigrationConfig config, StateFolder state, BackfillRun.Options options) {
            return new BackfillRun(config, state).plan(options);
        }

        @Override
        public BackfillOutcome run(
                MigrationConfig config,
                StateFolder state,
                BackfillRun.Options options,
                BackfillListener listener)
                throws Exception {
            return new BackfillRun(config, state).run(options, listener);
        }
    }
}
