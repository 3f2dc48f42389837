package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.html.MigrationHtml;
import io.iotdbmigrate.cli.report.html.Origin;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code iotdb-migrate report}. */
@Command(
        name = "report",
        header = "Writes one page about a whole migration.",
        description = {
            "",
            "Puts together what IoTDB's journal and the state folder know: backfills, replication,"
                    + " comparisons, rehearsals, the cutover. Asks IoTDB only, and changes nothing.",
            ""
        },
        footer = {"", "Example:", "  iotdb-migrate report --config plant.yml --output plant.html"})
final class ReportCommand implements Callable<Integer> {
    private final HistoryService histories;
    private final CliEnvironment surroundings;

    @Mixin private ConfigMixin config;
    @Mixin private StateMixin state;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.html",
            required = true,
            description = "The file to write.")
    private Path file;

    @Option(names = "--force", description = "Replace the page if it exists.")
    private boolean force;

    ReportCommand(HistoryService histories, CliEnvironment surroundings) {
        this.histories = histories;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        ReportFile report = new ReportFile("--output", file, force, config.file());
        report.check();
        MigrationConfig loaded = config.load(surroundings);
        report.write(
                MigrationHtml.render(
                        histories.read(loaded, state.folder(loaded)), Origin.of(loaded)));
        surroundings.out().println("wrote " + file);
        return ExitCode.DONE.code();
    }
}
