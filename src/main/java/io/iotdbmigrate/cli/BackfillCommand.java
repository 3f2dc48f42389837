package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.BackfillJson;
import io.iotdbmigrate.cli.report.BackfillText;
import io.iotdbmigrate.cli.report.PlanJson;
import io.iotdbmigrate.cli.report.PlanText;
import io.iotdbmigrate.cli.report.html.BackfillHtml;
import io.iotdbmigrate.cli.report.html.Origin;
import io.iotdbmigrate.cli.terminal.BackfillTerminal;
import io.iotdbmigrate.cli.terminal.PlainArea;
import io.iotdbmigrate.cli.terminal.ProgressArea;
import io.iotdbmigrate.cli.terminal.ProgressLines;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillOutcome.AlreadyFinished;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Detached;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Finished;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Report;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Stopped;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import io.iotdbmigrate.run.backfill.BackfillRun;
import io.iotdbmigrate.run.state.StateFolder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code iotdb-migrate backfill}. */
@Command(
        name = "backfill",
        header = "Copies the history of the tables into IoTDB.",
        description = {
            "",
            "Goes on where an interrupted backfill left off. The place in MySQL's binlog from"
                    + " before the first read is kept in IoTDB for replication.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  iotdb-migrate backfill --config plant.yml --dry-run",
            "  iotdb-migrate backfill --config plant.yml",
            "  iotdb-migrate backfill --config plant.yml --remote jobmanager:8081"
        })
final class BackfillCommand implements Callable<Integer> {
    private final BackfillService backfills;
    private final CliEnvironment surroundings;
    private final LogFile log;

    @Spec private CommandSpec spec;
    @Mixin private ConfigMixin config;
    @Mixin private TablesMixin tables;
    @Mixin private BackfillMixin settings;
    @Mixin private RemoteMixin cluster;
    @Mixin private DetachMixin background;
    @Mixin private StateMixin state;
    @Mixin private OutputMixin output;
    @Mixin private ReportMixin page;
    @Mixin private ByTableMixin rows;

    @Option(
            names = "--restart",
            description = "Erase what earlier backfills wrote, and copy everything anew.")
    private boolean restart;

    @Option(names = "--dry-run", description = "Print the plan; write nothing.")
    private boolean dryRun;

    @Option(names = "--plain", description = "Progress as plain lines, even on a terminal.")
    private boolean plain;

    BackfillCommand(BackfillService backfills, CliEnvironment surroundings, LogFile log) {
        this.backfills = backfills;
        this.surroundings = surroundings;
        this.log = log;
    }

    @Override
    public Integer call() throws Exception {
        boolean detach = background.detach(cluster);
        page.check();
        if (dryRun || detach) {
            page.refuse(dryRun ? "--dry-run" : "--detach");
        }
        MigrationConfig loaded =
                settings.override(config.loadFor(MigrationConfig.Mode.BACKFILL, surroundings));
        StateFolder folder = state.folder(loaded);
        BackfillRun.Options options =
                new BackfillRun.Options(tables.tables(), restart, cluster.remote(), detach);
        if (dryRun) {
            print(backfills.plan(loaded, folder, options));
            return ExitCode.DONE.code();
        }
        log.open(folder.path());
        BackfillTerminal terminal = terminal();
        BackfillCourse course = new BackfillCourse(terminal, surroundings.nanoTime());
        BackfillOutcome outcome =
                page.orFailure(
                        () -> run(loaded, folder, options, terminal, course),
                        why ->
                                BackfillHtml.failed(
                                        why,
                                        Origin.of(loaded),
                                        course.course(),
                                        sameAgain(),
                                        Instant.now()),
                        surroundings);
        BackfillPlan plan = terminal.plan();
        surroundings
                .out()
                .println(
                        output.isJson()
                                ? BackfillJson.render(
                                        outcome, exitCode(outcome), folder.rejectedRows())
                                : text(outcome, plan, folder));
        report(outcome)
                .ifPresent(
                        found ->
                                page.write(
                                        () ->
                                                BackfillHtml.render(
                                                        found,
                                                        Origin.of(loaded),
                                                        course.course(),
                                                        folder.rejectedRows()),
                                        surroundings));
        return exitCode(outcome).code();
    }

    private BackfillOutcome run(
            MigrationConfig loaded,
            StateFolder folder,
            BackfillRun.Options options,
            BackfillTerminal terminal,
            BackfillCourse course)
            throws Exception {
        try (terminal) {
            BackfillOutcome outcome =
                    backfills.run(loaded, folder, options, page.isWanted() ? course : terminal);
            if (outcome instanceof Finished) {
                terminal.finished();
            }
            return outcome;
        }
    }

    private static Optional<Report> report(BackfillOutcome outcome) {
        if (outcome instanceof AlreadyFinished finished) {
            return Optional.of(finished.report());
        }
        return outcome instanceof Finished finished
                ? Optional.of(finished.report())
                : Optional.empty();
    }

    private BackfillTerminal terminal() {
        ProgressArea lines = new PlainArea(surroundings.err(), surroundings.nanoTime());
        ProgressArea area = plain ? lines : surroundings.screen().liveArea().orElse(lines);
        return new BackfillTerminal(
                area, new ProgressLines(surroundings.nanoTime()), surroundings.signals());
    }

    private void print(BackfillPlan plan) {
        surroundings
                .out()
                .println(
                        output.isJson()
                                ? PlanJson.render(plan)
                                : PlanText.render(plan, surroundings.screen().out(), sameAgain()));
    }

    private String text(BackfillOutcome outcome, BackfillPlan plan, StateFolder folder) {
        if (outcome instanceof Finished finished) {
            return BackfillText.finished(
                    finished.report(),
                    rows.isWanted(),
                    plan,
                    folder.rejectedRows(),
                    next(finished.report()),
                    surroundings.screen().out());
        }
        if (outcome instanceof AlreadyFinished finished) {
            return BackfillText.alreadyFinished(
                    finished.report(), rows.isWanted(), sameAgain(), surroundings.screen().out());
        }
        return outcome instanceof Detached detached
                ? BackfillText.detached(detached, sameAgain())
                : BackfillText.stopped((Stopped) outcome, sameAgain());
    }

    private String sameAgain() {
        return CommandLineHint.of(spec, List.of("--restart", "--dry-run", "--detach"));
    }

    /** Names the next command. Without a binlog there is nothing to follow. */
    private String next(Report report) {
        return CommandLineHint.other(
                spec,
                report.position() == null ? "verify" : "cdc",
                List.of("--config", "--state-dir", "--remote"));
    }

    private static ExitCode exitCode(BackfillOutcome outcome) {
        if (outcome instanceof Stopped) {
            return ExitCode.INTERRUPTED;
        }
        return outcome instanceof Finished finished && finished.report().rejected() > 0
                ? ExitCode.REJECTED_ROWS
                : ExitCode.DONE;
    }
}
