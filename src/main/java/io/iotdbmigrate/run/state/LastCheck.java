package io.iotdbmigrate.run.state;

import static java.util.Objects.requireNonNull;

import io.iotdbmigrate.check.CheckReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code check} found last, kept in the state folder for a report about the whole migration.
 *
 * @param sampled whether it counted in a sample of each table
 * @param tables it was of; empty for all
 */
public record LastCheck(Instant at, boolean sampled, List<String> tables, CheckReport report) {
    private static final String NAME = "check.json";

    public LastCheck {
        requireNonNull(at, "at");
        requireNonNull(report, "report");
        tables = List.copyOf(tables);
    }

    /** Reads it; empty if the folder has none. */
    public static Optional<LastCheck> read(StateFolder folder) throws IOException {
        return StateFile.read(file(folder), LastCheck.class);
    }

    /** Keeps it in the place of the one before. Makes the folder if there is none. */
    public void keep(StateFolder folder) throws IOException {
        Files.createDirectories(folder.path());
        StateFile.write(file(folder), this);
    }

    private static Path file(StateFolder folder) {
        return folder.path().resolve(NAME);
    }
}
