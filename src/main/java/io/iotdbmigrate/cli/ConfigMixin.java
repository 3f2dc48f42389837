package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** {@code --config}. */
final class ConfigMixin {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The YAML file that names both servers and maps the tables.")
    private Path file;

    MigrationConfig load(CliEnvironment surroundings) {
        return ConfigLoader.load(file, surroundings.environment());
    }

    /**
     * Loads it for a command that only one mode allows.
     *
     * @throws UserException if the file is meant for the other one
     */
    MigrationConfig loadFor(MigrationConfig.Mode mode, CliEnvironment surroundings) {
        MigrationConfig config = load(surroundings);
        if (config.mode() != null && config.mode() != mode) {
            String only = config.mode().name().toLowerCase(Locale.ROOT);
            throw new UserException(
                    ExitCode.CONFIG,
                    file
                            + ": mode: "
                            + only
                            + " keeps every command but "
                            + only
                            + " from running; remove the key to allow both");
        }
        return config;
    }

    Path file() {
        return file;
    }

    /** Returns the option as it is given on the command line, ready for a shell. */
    String option() {
        return "--config " + ShellWord.quote(file.toString());
    }
}
