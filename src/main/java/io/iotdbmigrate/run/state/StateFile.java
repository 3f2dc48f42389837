package io.iotdbmigrate.run.state;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.iotdbmigrate.journal.StoredJson;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file of the state folder that holds one record, see {@link StoredJson}. */
final class StateFile {
    private StateFile() {}

    /**
     * Reads the record; empty if there is no file.
     *
     * @throws UserException exit code 2, if it is cut off or another program's
     */
    static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    requireNonNull(StoredJson.fromText(Files.readString(file), type), "null"));
        } catch (JsonProcessingException | CharacterCodingException | NullPointerException e) {
            throw new UserException(
                    ExitCode.USAGE,
                    "the state folder's "
                            + file
                            + " is cut off or was not written by iotdb-migrate; delete the file,"
                            + " or give another folder with --state-dir",
                    e);
        }
    }

    /** Writes the record, all of it or nothing. */
    static void write(Path file, Record value) throws IOException {
        AtomicFile.write(file, StoredJson.toText(value));
    }
}
