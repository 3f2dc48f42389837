package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.run.state.StateFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --state-dir}. */
final class StateMixin {
    private static final String DEFAULT_PARENT = ".iotdb-migrate";

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "Folder of checkpoints, rejected rows and the log file (default:"
                            + " .iotdb-migrate/NAME, NAME being that of the config).")
    private @Nullable Path folder;

    /** Tells whether a person wants this very folder. */
    boolean isNamed() {
        return folder != null;
    }

    /**
     * Returns the option as another command takes it, behind a blank; nothing if it was not given.
     */
    String option() {
        return folder == null ? "" : " --state-dir " + ShellWord.quote(folder.toString());
    }

    StateFolder folder(MigrationConfig config) {
        return new StateFolder(folder == null ? Path.of(DEFAULT_PARENT, config.name()) : folder);
    }
}
