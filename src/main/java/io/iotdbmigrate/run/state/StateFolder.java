package io.iotdbmigrate.run.state;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder of local state: checkpoints, the run file, rejected rows, logs. Held by one process at
 * a time.
 *
 * @param path of the folder, absolute
 */
public record StateFolder(Path path) {

    public StateFolder {
        path = path.toAbsolutePath().normalize();
    }

    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    public Path backfillRunFile() {
        return path.resolve("backfill.json");
    }

    public Path cdcRunFile() {
        return path.resolve("cdc.json");
    }

    public Path runningFile() {
        return path.resolve("running.json");
    }

    /** Returns where rejected rows of a replication are gathered, one JSON object a line. */
    public Path rejectedChanges() {
        return path.resolve("rejected-changes.jsonl");
    }

    /** Returns where rejected rows are gathered, one JSON object a line. */
    public Path rejectedRows() {
        return path.resolve("rejected-rows.jsonl");
    }

    /** Returns all differences of the last verify, one JSON object a line. */
    public Path differences() {
        return path.resolve("differences.jsonl");
    }

    /** Tells whether a run keeps others out now. */
    public boolean isHeld() {
        Optional<Hold> hold = tryHold();
        hold.ifPresent(Hold::close);
        return hold.isEmpty();
    }

    /** Keeps other processes out until it is closed; a process that dies lets go by itself. */
    public Hold hold() {
        return tryHold()
                .orElseThrow(
                        () ->
                                new UserException(
                                        ExitCode.JOB_FAILED,
                                        "another iotdb-migrate works with the state folder "
                                                + path
                                                + "; wait for it or stop it, or give this one"
                                                + " another --state-dir"));
    }

    private Optional<Hold> tryHold() {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(
                            path.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new Hold(channel));
        } catch (IOException e) {
            throw new UserException(
                    ExitCode.USAGE,
                    "the state folder "
                            + path
                            + " cannot be used ("
                            + e.getMessage()
                            + "); give another one with --state-dir",
                    e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** A held folder. */
    public record Hold(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
