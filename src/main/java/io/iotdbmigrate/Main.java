package io.iotdbmigrate;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.cli.BackfillService;
import io.iotdbmigrate.cli.CdcService;
import io.iotdbmigrate.cli.CliEnvironment;
import io.iotdbmigrate.cli.Commands;
import io.iotdbmigrate.cli.SilentJavaLogging;
import io.iotdbmigrate.cli.SilentLog;
import io.iotdbmigrate.cli.VerifyService;
import io.iotdbmigrate.cli.terminal.JlineScreen;
import io.iotdbmigrate.cli.terminal.ProcessSignals;
import io.iotdbmigrate.cli.terminal.Screen;
import io.iotdbmigrate.cli.terminal.StopSignal;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.init.ConfigInit;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.mysql.MatchedTables;
import io.iotdbmigrate.mysql.ServerSpelling;
import io.iotdbmigrate.run.backfill.BackfillListener;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import io.iotdbmigrate.run.backfill.BackfillRun;
import io.iotdbmigrate.run.cdc.CdcListener;
import io.iotdbmigrate.run.cdc.CdcOutcome;
import io.iotdbmigrate.run.cdc.CdcRun;
import io.iotdbmigrate.run.cutover.CutoverWiring;
import io.iotdbmigrate.run.cutover.FlinkCdcJob;
import io.iotdbmigrate.run.cutover.RecentVerification;
import io.iotdbmigrate.run.history.HistoryRun;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.StatusRun;
import io.iotdbmigrate.run.status.StopRun;
import io.iotdbmigrate.run.status.StoppedJob;
import io.iotdbmigrate.run.verify.CountsRun;
import io.iotdbmigrate.run.verify.VerifyRun;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyReport;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command {@code iotdb-migrate}: wires the commands to what they start. */
public final class Main {
    private static final Duration PATIENCE_WITH_STOP = Duration.ofSeconds(60);

    private Main() {}

    public static void main(String[] args) {
        SilentJavaLogging.install();
        SilentLog.install();
        // Else picocli looks for Groovy in each jar.
        System.setProperty("picocli.disable.closures", "true");
        int exitCode =
                run(
                        new CliEnvironment(
                                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                                System.getenv(),
                                new JlineScreen(System.getenv()),
                                () ->
                                        ProcessSignals.listen(
                                                PATIENCE_WITH_STOP, Runtime.getRuntime()::halt),
                                System::nanoTime),
                        args);
        ClassArchive.afterThisProcess(exitCode == ExitCode.DONE.code());
        System.exit(exitCode);
    }

    /** Runs the whole program as a function: no terminal, no signals. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(System.getenv(), out, err, args);
    }

    /**
     * Runs a command with variables of the environment that are given, and returns its exit code.
     */
    public static int run(
            Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
        return run(
                new CliEnvironment(
                        out, err, environment, Screen.none(), StopSignal::never, System::nanoTime),
                args);
    }

    private static int run(CliEnvironment surroundings, String... args) {
        return new Commands(
                        ConfigInit::draft,
                        Main::check,
                        new FlinkBackfills(),
                        new FlinkCdc(),
                        new FlinkVerifies(),
                        (written, file, state, cluster, person) -> {
                            MigrationConfig config = MatchedTables.of(written);
                            CdcJob replication = new FlinkCdcJob(config, file, state, cluster);
                            return CutoverWiring.ports(
                                    config,
                                    person,
                                    replication,
                                    new RecentVerification(config, state, replication));
                        },
                        (config, state) -> new HistoryRun(config, state).read(),
                        surroundings)
                .run(args);
    }

    private static CheckReport check(MigrationConfig config, boolean fast, List<String> tables) {
        MigrationConfig matched = MatchedTables.of(config);
        return Check.run(matched, fast, ServerSpelling.names(matched, tables));
    }

    /** Nothing of Flink is loaded before one of these is called. */
    private static final class FlinkCdc implements CdcService {
        @Override
        public boolean needsBackfill(MigrationConfig config, StateFolder state) throws Exception {
            return new CdcRun(MatchedTables.of(config.atOrigin()), state).needsBackfill();
        }

        @Override
        public CdcOutcome run(
                MigrationConfig config,
                StateFolder state,
                CdcRun.Options options,
                CdcListener listener)
                throws Exception {
            return new CdcRun(MatchedTables.of(config.atOrigin()), state).run(options, listener);
        }

        @Override
        public MigrationStatus status(
                MigrationConfig config, StateFolder state, @Nullable ClusterAddress cluster)
                throws Exception {
            return new StatusRun(MatchedTables.of(config.atOrigin()), state).read(cluster);
        }

        @Override
        public Optional<StoppedJob> stop(
                MigrationConfig config, StateFolder state, @Nullable ClusterAddress cluster)
                throws Exception {
            return new StopRun(config, state).stop(cluster);
        }
    }

    /** Nothing of Flink is loaded before one of these is called. */
    private static final class FlinkVerifies implements VerifyService {
        @Override
        public Optional<VerifyReport> run(
                MigrationConfig config,
                StateFolder state,
                VerifyOptions options,
                @Nullable ClusterAddress remote,
                VerifyListener listener)
                throws Exception {
            MigrationConfig matched = MatchedTables.of(config);
            return new VerifyRun(matched, state, remote)
                    .run(
                            options.withTables(ServerSpelling.names(matched, options.tables())),
                            listener);
        }

        @Override
        public CountReport counts(
                MigrationConfig config,
                StateFolder state,
                VerifyOptions options,
                VerifyListener listener)
                throws Exception {
            MigrationConfig matched = MatchedTables.of(config);
            return new CountsRun(matched, state)
                    .run(
                            options.withTables(ServerSpelling.names(matched, options.tables())),
                            listener);
        }
    }

    /** Nothing of Flink is loaded before one of these is called. */
    private static final class FlinkBackfills implements BackfillService {
        @Override
        public BackfillPlan plan(
                MigrationConfig config, StateFolder state, BackfillRun.Options options) {
            MigrationConfig matched = MatchedTables.of(config);
            return new BackfillRun(matched, state)
                    .plan(options.withTables(ServerSpelling.names(matched, options.tables())));
        }

        @Override
        public BackfillOutcome run(
                MigrationConfig config,
                StateFolder state,
                BackfillRun.Options options,
                BackfillListener listener)
                throws Exception {
            MigrationConfig matched = MatchedTables.of(config);
            return new BackfillRun(matched, state)
                    .run(
                            options.withTables(ServerSpelling.names(matched, options.tables())),
                            listener);
        }
    }
}
