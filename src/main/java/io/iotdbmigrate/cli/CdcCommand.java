package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.CdcText;
import io.iotdbmigrate.cli.report.StatusJson;
import io.iotdbmigrate.cli.report.StatusText;
import io.iotdbmigrate.cli.terminal.BackfillTerminal;
import io.iotdbmigrate.cli.terminal.CdcTerminal;
import io.iotdbmigrate.cli.terminal.JsonLinesArea;
import io.iotdbmigrate.cli.terminal.PlainArea;
import io.iotdbmigrate.cli.terminal.ProgressArea;
import io.iotdbmigrate.cli.terminal.ProgressLines;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillRun;
import io.iotdbmigrate.run.cdc.CdcOutcome;
import io.iotdbmigrate.run.cdc.CdcOutcome.Stopped;
import io.iotdbmigrate.run.cdc.CdcRun;
import io.iotdbmigrate.run.state.StateFolder;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code iotdb-migrate cdc}. */
@Command(
        name = "cdc",
        header = "Applies every further change of the tables to IoTDB.",
        description = {
            "",
            "Begins where the last backfill began to read, or goes on where the last cdc was"
                    + " stopped, and runs until Ctrl-C or iotdb-migrate stop. On a remote cluster it"
                    + " goes on when this program ends; the same command follows it then.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  iotdb-migrate cdc --config plant.yml",
            "  iotdb-migrate cdc --config plant.yml --ui-port 8081",
            "  iotdb-migrate cdc --config plant.yml --remote jobmanager:8081 --detach",
            "  iotdb-migrate status --config plant.yml"
        })
final class CdcCommand implements Callable<Integer> {
    private final CdcService replications;
    private final BackfillService backfills;
    private final CliEnvironment surroundings;
    private final LogFile log;

    @Spec private CommandSpec spec;
    @Mixin private ConfigMixin config;
    @Mixin private RemoteMixin cluster;
    @Mixin private DetachMixin background;
    @Mixin private StateMixin state;
    @Mixin private OutputMixin output;

    @Option(
            names = "--restart",
            description =
                    "Forget where the last cdc was stopped, and begin by"
                            + " mysql.cdc.startup_mode.")
    private boolean restart;

    @Option(
            names = "--ui-port",
            paramLabel = "PORT",
            description = "Show Flink's Web UI at this port of this machine, to this machine only.")
    private int uiPort;

    @Option(names = "--plain", description = "Progress as plain lines, even on a terminal.")
    private boolean plain;

    CdcCommand(
            CdcService replications,
            BackfillService backfills,
            CliEnvironment surroundings,
            LogFile log) {
        this.replications = replications;
        this.backfills = backfills;
        this.surroundings = surroundings;
        this.log = log;
    }

    @Override
    public Integer call() throws Exception {
        boolean detach = background.detach(cluster);
        if (uiPort != 0 && cluster.remote() != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--ui-port is for a job inside this process; "
                            + cluster.remote()
                            + " has a Web UI");
        }
        MigrationConfig loaded = config.loadFor(MigrationConfig.Mode.CDC, surroundings);
        StateFolder folder = state.folder(loaded);
        log.open(folder.path());
        if (replications.needsBackfill(loaded, folder) && !backfill(loaded, folder)) {
            return ExitCode.INTERRUPTED.code();
        }
        CdcOutcome outcome;
        try (CdcTerminal terminal =
                output.isJson()
                        ? terminal(
                                new JsonLinesArea(surroundings.out(), surroundings.err()),
                                StatusJson::line)
                        : terminal(area(), StatusText::line)) {
            outcome =
                    replications.run(
                            loaded,
                            folder,
                            new CdcRun.Options(restart, cluster.remote(), detach, uiPort),
                            terminal);
        }
        ExitCode exitCode =
                outcome instanceof Stopped stopped && stopped.requestedHere()
                        ? ExitCode.INTERRUPTED
                        : ExitCode.DONE;
        surroundings
                .out()
                .println(
                        output.isJson()
                                ? StatusJson.render(outcome, exitCode)
                                : CdcText.render(
                                        outcome,
                                        CommandLineHint.of(
                                                spec, List.of("--restart", "--detach"))));
        return exitCode.code();
    }

    private CdcTerminal terminal(ProgressArea lines, CdcTerminal.Form form) {
        return new CdcTerminal(lines, form, surroundings.nanoTime(), surroundings.signals());
    }

    /** Tells whether it came to its end. */
    private boolean backfill(MigrationConfig loaded, StateFolder folder) throws Exception {
        try (BackfillTerminal terminal =
                new BackfillTerminal(
                        area(),
                        new ProgressLines(surroundings.nanoTime()),
                        surroundings.signals())) {
            BackfillOutcome outcome =
                    backfills.run(
                            loaded,
                            folder,
                            new BackfillRun.Options(List.of(), false, cluster.remote(), false),
                            terminal);
            return !(outcome instanceof BackfillOutcome.Stopped);
        }
    }

    private ProgressArea area() {
        ProgressArea lines = new PlainArea(surroundings.err(), surroundings.nanoTime());
        return plain ? lines : surroundings.screen().liveArea().orElse(lines);
    }
}
