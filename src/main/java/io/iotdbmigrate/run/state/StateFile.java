package io.iotdbmigrate.run.state;

import io.iotdbmigrate.journal.StoredJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file of the state folder that holds one record, see {@link StoredJson}. */
final class StateFile {
    private StateFile() {}

    /**
     * Reads the record; empty if there is no file.
     *
     * @throws IOException if it is no JSON, or cannot be read
     */
    static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
        return Files.exists(file)
                ? Optional.of(StoredJson.fromText(Files.readString(file), type))
                : Optional.empty();
    }

    /** Writes the record, all of it or nothing. */
    static void write(Path file, Record value) throws IOException {
        AtomicFile.write(file, StoredJson.toText(value));
    }
}
