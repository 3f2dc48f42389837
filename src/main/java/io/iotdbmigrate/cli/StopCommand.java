package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.launch.StateFolder;
import io.iotdbmigrate.model.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code iotdb-migrate stop}. */
@Command(
        name = "stop",
        header = "Stops a running cdc with a savepoint.",
        description = {"", "The next cdc goes on from there.", ""},
        footer = {"", "Example:", "  iotdb-migrate stop --config plant.yml"})
final class StopCommand implements Callable<Integer> {
    private final Replications replications;
    private final Surroundings surroundings;

    @Mixin private ConfigMixin config;
    @Mixin private StateMixin state;

    StopCommand(Replications replications, Surroundings surroundings) {
        this.replications = replications;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        MigrationConfig loaded = config.load(surroundings);
        StateFolder folder = state.folder(loaded);
        Optional<String> savepoint = replications.stop(folder);
        surroundings
                .out()
                .println(
                        savepoint
                                .map(path -> "stopped with savepoint " + path)
                                .orElse("nothing runs with the state folder " + folder.path()));
        return ExitCode.DONE.code();
    }
}
