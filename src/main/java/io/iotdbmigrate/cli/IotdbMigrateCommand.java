package io.iotdbmigrate.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand. */
@Command(
        name = "iotdb-migrate",
        header = "Moves time-series tables from MySQL into Apache IoTDB.",
        footer = {
            "",
            "Example:",
            "  iotdb-migrate init --host db --user migrator --database plant --output plant.yml",
            "  iotdb-migrate check --config plant.yml",
            "  iotdb-migrate backfill --config plant.yml"
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        scope = ScopeType.INHERIT)
final class IotdbMigrateCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        CommandLine commandLine = spec.commandLine();
        throw new ParameterException(
                commandLine,
                "a command is missing: one of "
                        + String.join(", ", DidYouMean.commands(commandLine)));
    }
}
