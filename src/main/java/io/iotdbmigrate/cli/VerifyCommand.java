package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.CountJson;
import io.iotdbmigrate.cli.report.CountText;
import io.iotdbmigrate.cli.report.VerifyJson;
import io.iotdbmigrate.cli.report.VerifyText;
import io.iotdbmigrate.cli.report.html.CountHtml;
import io.iotdbmigrate.cli.report.html.FailureHtml;
import io.iotdbmigrate.cli.report.html.Origin;
import io.iotdbmigrate.cli.report.html.VerifyHtml;
import io.iotdbmigrate.cli.terminal.PlainArea;
import io.iotdbmigrate.cli.terminal.ProgressArea;
import io.iotdbmigrate.cli.terminal.VerifyTerminal;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code iotdb-migrate verify}. */
@Command(
        name = "verify",
        header = "Compares every value of both sides and shows where they differ.",
        description = {
            "",
            "Reads both sides once and compares checksums; where they differ, it looks at the rows."
                    + " Changes nothing unless told to --repair --execute, and deletes nothing"
                    + " unless told to --delete-extra as well.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  iotdb-migrate verify --config plant.yml",
            "  iotdb-migrate verify --config plant.yml --counts",
            "  iotdb-migrate verify --config plant.yml --report verify.html",
            "  iotdb-migrate verify --config plant.yml --repair --execute",
            "  iotdb-migrate verify --config plant.yml --remote jobmanager:8081"
        })
final class VerifyCommand implements Callable<Integer> {
    private final VerifyService verifies;
    private final CliEnvironment surroundings;
    private final LogFile log;

    @Spec private CommandSpec spec;
    @Mixin private ConfigMixin config;
    @Mixin private TablesMixin tables;
    @Mixin private VerifyMixin settings;
    @Mixin private RemoteMixin cluster;
    @Mixin private StateMixin state;
    @Mixin private OutputMixin output;
    @Mixin private ReportMixin page;
    @Mixin private ByTableMixin rows;

    @Option(names = "--plain", description = "Progress as plain lines, even on a terminal.")
    private boolean plain;

    VerifyCommand(VerifyService verifies, CliEnvironment surroundings, LogFile log) {
        this.verifies = verifies;
        this.surroundings = surroundings;
        this.log = log;
    }

    @Override
    public Integer call() throws Exception {
        VerifyOptions options = settings.options(tables.tables());
        if (settings.counts() && cluster.remote() != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--counts lets the two servers count and runs no job: leave --remote out");
        }
        page.check();
        MigrationConfig loaded = config.load(surroundings);
        StateFolder folder = state.folder(loaded);
        log.open(folder.path());
        return page.orFailure(
                () ->
                        settings.counts()
                                ? counts(loaded, folder, options)
                                : values(loaded, folder, options),
                why -> FailureHtml.render("Comparison", Origin.of(loaded), why, Instant.now()),
                surroundings);
    }

    private int counts(MigrationConfig loaded, StateFolder folder, VerifyOptions options)
            throws Exception {
        CountReport report;
        try (VerifyTerminal terminal = terminal()) {
            report = verifies.counts(loaded, folder, options, terminal);
        }
        ExitCode exitCode = report.equal() ? ExitCode.DONE : ExitCode.DIFFERENT;
        surroundings
                .out()
                .println(
                        output.isJson()
                                ? CountJson.render(report, exitCode)
                                : CountText.render(
                                        report, rows.isWanted(), surroundings.screen().out()));
        page.write(() -> CountHtml.render(report, Origin.of(loaded)), surroundings);
        return exitCode.code();
    }

    private int values(MigrationConfig loaded, StateFolder folder, VerifyOptions options)
            throws Exception {
        Optional<VerifyReport> report;
        try (VerifyTerminal terminal = terminal()) {
            report = verifies.run(loaded, folder, options, cluster.remote(), terminal);
            terminal.finished();
        }
        if (report.isEmpty()) {
            surroundings.err().println("stopped; nothing is said about differences");
            return ExitCode.INTERRUPTED.code();
        }
        VerifyReport found = report.get();
        ExitCode exitCode = found.equal() ? ExitCode.DONE : ExitCode.DIFFERENT;
        String again =
                CommandLineHint.of(
                        spec, List.of("--repair", "--execute", "--delete-extra", "--yes"));
        surroundings
                .out()
                .println(
                        output.isJson()
                                ? VerifyJson.render(found, exitCode)
                                : VerifyText.render(
                                        found,
                                        rows.isWanted(),
                                        again,
                                        surroundings.screen().out()));
        page.write(() -> VerifyHtml.render(found, Origin.of(loaded), again), surroundings);
        return exitCode.code();
    }

    private VerifyTerminal terminal() {
        ProgressArea lines = new PlainArea(surroundings.err(), surroundings.nanoTime());
        ProgressArea area = plain ? lines : surroundings.screen().liveArea().orElse(lines);
        return new VerifyTerminal(
                area, surroundings.signals(), settings.yes(), surroundings.screen());
    }
}
