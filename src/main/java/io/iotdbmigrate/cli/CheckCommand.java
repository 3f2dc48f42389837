package io.iotdbmigrate.cli;

import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.cli.report.CheckJson;
import io.iotdbmigrate.cli.report.CheckText;
import io.iotdbmigrate.cli.report.OfflineReport;
import io.iotdbmigrate.cli.report.html.CheckHtml;
import io.iotdbmigrate.cli.report.html.FailureHtml;
import io.iotdbmigrate.cli.report.html.Origin;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.state.LastCheck;
import io.iotdbmigrate.run.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code iotdb-migrate check}. */
@Command(
        name = "check",
        header = "Says what stands in the way of a migration; changes nothing.",
        description = {
            "",
            "Looks at the config file and at both servers: grants, binlog, types, keys, names, what"
                    + " IoTDB already holds. Every error comes with what to do about it. Where"
                    + " there is a state folder, or --state-dir names one, it keeps there what it"
                    + " found, for report.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  iotdb-migrate check --config plant.yml",
            "  iotdb-migrate check --config plant.yml --offline"
        })
final class CheckCommand implements Callable<Integer> {
    private final CheckService checks;
    private final CliEnvironment surroundings;

    @Mixin private ConfigMixin config;
    @Mixin private TablesMixin tables;
    @Mixin private StateMixin state;
    @Mixin private OutputMixin output;
    @Mixin private ReportMixin page;

    @Option(names = "--offline", description = "Only the config file; connects to nothing.")
    private boolean offline;

    @Option(names = "--fast", description = "Counts from a sample of each table.")
    private boolean fast;

    CheckCommand(CheckService checks, CliEnvironment surroundings) {
        this.checks = checks;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        page.check();
        if (offline) {
            page.refuse("--offline");
        }
        MigrationConfig loaded = config.load(surroundings);
        if (offline) {
            surroundings
                    .out()
                    .println(
                            output.isJson()
                                    ? OfflineReport.json(loaded)
                                    : OfflineReport.text(loaded, config.file().toString()));
            return ExitCode.DONE.code();
        }
        String again = config.option() + state.option();
        CheckReport report =
                page.orFailure(
                        () -> checks.run(loaded, fast, tables.tables()),
                        why -> FailureHtml.render("Check", Origin.of(loaded), why, Instant.now()),
                        surroundings);
        surroundings
                .out()
                .println(
                        output.isJson()
                                ? CheckJson.render(report)
                                : CheckText.render(report, surroundings.screen().out(), again));
        keep(new LastCheck(Instant.now(), fast, tables.tables(), report), state.folder(loaded));
        page.write(
                () -> CheckHtml.render(report, Origin.of(loaded), again, Instant.now()),
                surroundings);
        return report.exitCode().code();
    }

    /**
     * Keeps what was found for a report. It has been found as it has, kept or not. A first look
     * leaves nothing behind unless it is to.
     */
    private void keep(LastCheck check, StateFolder folder) {
        if (!state.isNamed() && !Files.isDirectory(folder.path())) {
            return;
        }
        try {
            check.keep(folder);
        } catch (IOException e) {
            surroundings
                    .err()
                    .println(
                            "not kept for report: the state folder "
                                    + folder.path()
                                    + " cannot be written ("
                                    + WriteFailure.reason(e)
                                    + ")");
        }
    }
}
