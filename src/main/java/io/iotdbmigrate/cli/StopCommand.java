package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.CdcText;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.StoppedJob;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code iotdb-migrate stop}. */
@Command(
        name = "stop",
        header = "Stops a running cdc with a savepoint.",
        description = {
            "",
            "The next cdc goes on from there. A backfill on a remote cluster is stopped at a"
                    + " checkpoint. The job is found through the state folder; --remote names a"
                    + " cluster to look on where that knows of none.",
            ""
        },
        footer = {"", "Example:", "  iotdb-migrate stop --config plant.yml"})
final class StopCommand implements Callable<Integer> {
    private final CdcService replications;
    private final CliEnvironment surroundings;

    @Mixin private ConfigMixin config;
    @Mixin private RemoteMixin cluster;
    @Mixin private StateMixin state;

    StopCommand(CdcService replications, CliEnvironment surroundings) {
        this.replications = replications;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        MigrationConfig loaded = config.load(surroundings);
        StateFolder folder = state.folder(loaded);
        Optional<StoppedJob> stopped = replications.stop(loaded, folder, cluster.remote());
        surroundings
                .out()
                .println(
                        stopped.map(CdcText::render)
                                .orElse("nothing runs with the state folder " + folder.path()));
        return ExitCode.DONE.code();
    }
}
