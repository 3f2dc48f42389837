package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.journal.StoredJson;
import io.iotdbmigrate.model.ChangePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;
import org.jspecify.annotations.Nullable;

/**
 * The newest file of the binlog that was read, and when the server began it: a binlog that was
 * begun anew has files of the same names, and with GTIDs the same numbers, but not the same times.
 * A checkpoint has it with the place in the binlog. Thread-safe.
 */
final class BegunFile {
    private static final String FILE = "iotdb_migrate_file";

    /** A server's clock may be set back by so much between two files. */
    private static final Duration CLOCK = Duration.ofMinutes(1);

    private @Nullable Begun newest;

    private record Begun(String server, String file, Instant at) {}

    private BegunFile(@Nullable Begun newest) {
        this.newest = newest;
    }

    /**
     * Makes that of a replication without a checkpoint.
     *
     * @param server whose binlog has the start
     */
    static BegunFile of(CdcStart start, String server) {
        return new BegunFile(
                start instanceof CdcStart.At at && at.fileBegun() != null
                        ? new Begun(server, at.position().file(), at.fileBegun())
                        : null);
    }

    /** Takes the one that a checkpoint had. */
    synchronized void restore(MySqlBinlogSplit split) {
        String stored = split.getStartingOffset().getOffset().get(FILE);
        if (stored != null) {
            try {
                newest = StoredJson.fromText(stored, Begun.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns the split as a checkpoint is to have it. */
    synchronized MySqlBinlogSplit noted(MySqlBinlogSplit split) {
        if (newest == null) {
            return split;
        }
        Map<String, String> offset = new HashMap<>(split.getStartingOffset().getOffset());
        offset.put(FILE, StoredJson.toText(newest));
        return Splits.with(split, offset, split.getTableSchemas());
    }

    /**
     * Takes a file whose events are about to come.
     *
     * @param at when it was begun, as its first event says
     * @return the file that was read before, if it and this cannot be of one binlog
     */
    synchronized Optional<String> begins(String server, String file, Instant at) {
        Begun before = newest;
        if (before == null || !before.server().equals(server)) {
            newest = new Begun(server, file, at);
            return Optional.empty();
        }
        int files = ChangePosition.compareFiles(file, before.file());
        boolean follows =
                files == 0
                        ? at.equals(before.at())
                        : files > 0 || !at.isAfter(before.at().plus(CLOCK));
        if (files > 0) {
            newest = new Begun(server, file, at);
        }
        return follows ? Optional.empty() : Optional.of(before.file());
    }
}
