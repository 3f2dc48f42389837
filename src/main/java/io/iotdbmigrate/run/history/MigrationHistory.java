package io.iotdbmigrate.run.history;

import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcCourse;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.run.state.LastCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a whole migration. Lists are in the order in which things happened.
 *
 * @param events everything that the journal has, one line each
 * @param backfills those that finished, also where their rows were erased later
 * @param cutovers each cutover and rehearsal as it was heard of last
 * @param applied how far the replication has come
 * @param course what the replication did over the last days
 * @param check what {@code check} found last, as the state folder has it
 * @param readAt when all this was read
 */
public record MigrationHistory(
        List<Event> events,
        List<BackfillJournal.Finished> backfills,
        List<Verification> verifications,
        List<SeenCutover> cutovers,
        Optional<Applied> applied,
        List<CdcCourse.Stretch> course,
        Optional<LastCheck> check,
        LeftFiles files,
        Instant readAt) {

    public MigrationHistory {
        events = List.copyOf(events);
        backfills = List.copyOf(backfills);
        verifications = List.copyOf(verifications);
        cutovers = List.copyOf(cutovers);
        course = List.copyOf(course);
    }

    /**
     * Something that happened.
     *
     * @param name of the entry in the journal, as words
     * @param what it says, for people
     * @param voids what it did, if a comparison before tells nothing of IoTDB any more
     */
    public record Event(Instant at, String name, String what, Optional<String> voids) {}

    /**
     * A comparison.
     *
     * @param mode {@code checksums} or {@code counts}
     * @param complete whether every value of all tables was compared
     * @param differences rows; of counts: devices
     * @param position of the binlog from which it holds, null if that is not known
     * @param mending what a repair wrote behind it, as the end of a sentence; empty if none did
     */
    public record Verification(
            Instant at,
            String mode,
            boolean equal,
            boolean complete,
            long differences,
            @Nullable BinlogPosition position,
            String mending,
            List<Table> tables) {
        public Verification {
            tables = List.copyOf(tables);
        }

        /** Tells whether what differed was mended, and was equal when it was compared again. */
        public boolean isRepaired() {
            return equal && differences > 0;
        }

        /** Tells whether a repair wrote something, and left differences. */
        public boolean isRepairedInPart() {
            return !equal && !mending.isEmpty();
        }
    }

    /**
     * A table of a comparison; of counts, checksums are empty.
     *
     * @param differences rows; of counts: devices
     */
    public record Table(
            String name,
            long mysqlRows,
            long iotdbRows,
            long differences,
            String mysqlChecksum,
            String iotdbChecksum) {}

    /**
     * A cutover or rehearsal.
     *
     * @param at when it was heard of last
     */
    public record SeenCutover(CutoverState state, Instant at) {}

    /**
     * What the state folder has.
     *
     * @param folder its path
     * @param there whether there is such a folder at all
     * @param rejectedRows lines of that file; empty if there is none
     * @param rejectedChanges lines of that file; empty if there is none
     * @param differences lines of the file of the last comparison; empty if there is none
     * @param firstDifferences some of them as they are written
     */
    public record LeftFiles(
            String folder,
            boolean there,
            OptionalLong rejectedRows,
            OptionalLong rejectedChanges,
            OptionalLong differences,
            List<String> firstDifferences) {
        public LeftFiles {
            firstDifferences = List.copyOf(firstDifferences);
        }
    }
}
