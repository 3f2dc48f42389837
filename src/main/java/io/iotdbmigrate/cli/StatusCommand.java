package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.StatusJson;
import io.iotdbmigrate.cli.report.StatusText;
import io.iotdbmigrate.cli.report.html.Origin;
import io.iotdbmigrate.cli.terminal.PlainArea;
import io.iotdbmigrate.cli.terminal.ProgressArea;
import io.iotdbmigrate.cli.terminal.StopSignal;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.StatusWatch;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code iotdb-migrate status}. */
@Command(
        name = "status",
        header = "Says what runs, how far it has come and how far behind it is.",
        description = {
            "",
            "Lag is known from MySQL's binlog: it is 0 exactly when that holds no change of a"
                    + " mapped table that is not in IoTDB. The job is found through the state"
                    + " folder; --remote names a cluster to look on where that knows of none.",
            ""
        },
        footer = {"", "Example:", "  iotdb-migrate status --config plant.yml --watch"})
final class StatusCommand implements Callable<Integer> {
    private final CdcService replications;
    private final CliEnvironment surroundings;

    @Mixin private ConfigMixin config;
    @Mixin private RemoteMixin cluster;
    @Mixin private StateMixin state;
    @Mixin private OutputMixin output;
    @Mixin private WebMixin web;

    @Option(names = "--watch", description = "Again every second, until Ctrl-C.")
    private boolean watch;

    StatusCommand(CdcService replications, CliEnvironment surroundings) {
        this.replications = replications;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        MigrationConfig loaded = config.load(surroundings);
        StateFolder folder = state.folder(loaded);
        Optional<StatusPage> page = web.start(watch, Origin.of(loaded));
        if (!watch) {
            print(replications.status(loaded, folder, cluster.remote()));
            return ExitCode.DONE.code();
        }
        try (ProgressArea area =
                        surroundings
                                .screen()
                                .liveArea()
                                .orElse(
                                        new PlainArea(
                                                surroundings.err(), surroundings.nanoTime()));
                StopSignal stop = surroundings.signals().get()) {
            page.ifPresent(p -> area.print("open in a browser: " + p.address()));
            StatusLines lines = new StatusLines(surroundings.screen().hasBlocks());
            StatusWatch looks =
                    new StatusWatch(
                            () -> replications.status(loaded, folder, cluster.remote()),
                            stop::requested,
                            surroundings.nanoTime());
            while (looks.next()) {
                if (looks.trouble().isPresent()) {
                    area.print(looks.trouble().get());
                    page.ifPresent(p -> p.showTrouble(looks.trouble().get()));
                    continue;
                }
                MigrationStatus status = looks.status();
                page.ifPresent(p -> p.show(status));
                if (output.isJson()) {
                    print(status);
                    if (surroundings.out().checkError()) {
                        break; // nobody reads on
                    }
                } else {
                    area.show(lines.of(status, Instant.now(), area.columns()));
                }
            }
        } finally {
            page.ifPresent(StatusPage::close);
        }
        return ExitCode.DONE.code();
    }

    private void print(MigrationStatus status) {
        surroundings
                .out()
                .println(
                        output.isJson()
                                ? StatusJson.render(status)
                                : StatusText.render(status, Instant.now()));
        surroundings.out().flush();
    }
}
