package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.VerifyReport;
import io.iotdbmigrate.verify.VerifyReport.Positions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journal's entry about a comparison. */
public final class VerifyJournal {
    private static final String VERIFIED = "verified";

    private static final String REPAIR_BEGUN = "repair_begun";

    /** Whether every value of all tables was compared. */
    static final String COMPLETE = "complete";

    private VerifyJournal() {}

    /** An entry about values. */
    private record Values(
            String mode,
            boolean equal,
            long differences,
            boolean complete,
            @Nullable NotedPosition base,
            long rejectedChanges,
            @Nullable BinlogPosition position,
            @Nullable Repair repair,
            List<ValueTable> tables) {
        private record Repair(
                String run,
                String execution,
                long rowsToWrite,
                long rowsToDelete,
                long pointsToDelete,
                long left,
                long stillDifferent) {}

        private record ValueTable(
                String table,
                long mysqlRows,
                long iotdbRows,
                String mysqlChecksum,
                String iotdbChecksum,
                long rejected,
                long differences) {}
    }

    /**
     * An entry about a repair that begins.
     *
     * @param run which the entry about its end has, too
     */
    private record Begun(String run) {}

    /** An entry about counts. */
    private record Counts(
            String mode,
            boolean equal,
            long differingDevices,
            boolean complete,
            @Nullable BinlogPosition position,
            List<CountTable> tables) {
        private record CountTable(
                String table,
                long mysqlRows,
                long mysqlPoints,
                long iotdbRows,
                long differingDevices) {}
    }

    /**
     * Appends an entry about values.
     *
     * @param everything whether the user narrowed nothing down
     * @param base from where on changes matter to it
     * @param run of a repair, if it made one
     */
    public static void append(
            Journal journal,
            VerifyReport report,
            boolean everything,
            Optional<VerifiedBase> base,
            String run)
            throws IOException {
        journal.append(
                VERIFIED,
                new Values(
                        report.mode(),
                        report.equal(),
                        report.count(),
                        everything,
                        base.map(VerifiedBase::noted).orElse(null),
                        base.map(VerifiedBase::rejected).orElse(0L),
                        position(report.positions()),
                        repair(report.repair(), run),
                        report.tables().stream()
                                .map(
                                        t ->
                                                new Values.ValueTable(
                                                        t.name(),
                                                        t.mysqlRows(),
                                                        t.iotdbRows(),
                                                        t.mysqlChecksum(),
                                                        t.iotdbChecksum(),
                                                        t.rejected(),
                                                        t.differences()))
                                .toList()));
    }

    /** Returns what a repair wrote; null if it wrote nothing. */
    private static Values.@Nullable Repair repair(@Nullable Repaired repaired, String run) {
        return repaired == null || repaired.after() == null
                ? null
                : new Values.Repair(
                        run,
                        repaired.execution().name().toLowerCase(Locale.ROOT),
                        repaired.plan().rowsToWrite(),
                        repaired.plan().rowsToDelete(),
                        repaired.plan().pointsToDelete(),
                        repaired.left(),
                        repaired.after().stillDifferent());
    }

    /** Appends that a repair begins. */
    public static void repairBegins(Journal journal, String run) throws IOException {
        journal.append(REPAIR_BEGUN, new Begun(run));
    }

    /** Tells whether an entry is about a repair that began. */
    public static boolean isRepair(Journal.Entry entry) {
        return entry.event().equals(REPAIR_BEGUN);
    }

    /** Tells whether an entry is about the end of a repair that another is about the begin of. */
    public static boolean ends(Journal.Entry entry, Journal.Entry begun) {
        return isOne(entry)
                && entry.fields()
                        .path("repair")
                        .path("run")
                        .asText()
                        .equals(begun.fields().path("run").asText());
    }

    /** Tells whether an entry is about a comparison. */
    public static boolean isOne(Journal.Entry entry) {
        return entry.event().equals(VERIFIED);
    }

    /**
     * Tells whether rows were written, other than by a replication that goes on, so that a
     * comparison before tells nothing of what is in IoTDB.
     */
    public static boolean voids(Journal.Entry entry) {
        return CdcJournal.isReplay(entry) || BackfillJournal.isWriting(entry);
    }

    /**
     * Returns the last comparison of all values, unless rows were written since other than by a
     * replication that goes on.
     */
    public static Optional<Journal.Entry> lastFull(List<Journal.Entry> entries) {
        Journal.Entry last = null;
        for (Journal.Entry entry : entries) {
            if (voids(entry)) {
                last = null;
            } else if (isOne(entry)
                    && entry.fields().path("mode").asText().equals(VerifyReport.CHECKSUMS)
                    && entry.fields().path(COMPLETE).asBoolean()) {
                last = entry;
            }
        }
        return Optional.ofNullable(last);
    }

    /**
     * Returns how many rejected changes matter no longer: the last comparison of all values began
     * behind them, found both sides equal, and no row of MySQL that cannot be mapped.
     */
    public static long settledRejections(List<Journal.Entry> entries) {
        Optional<JsonNode> last =
                lastFull(entries)
                        .map(Journal.Entry::fields)
                        .filter(entry -> entry.path("equal").asBoolean());
        if (last.isEmpty()) {
            return 0;
        }
        for (JsonNode table : last.get().path("tables")) {
            if (table.path("rejected").asLong() > 0) {
                return 0;
            }
        }
        return last.get().path(VerifiedBase.REJECTED).asLong();
    }

    /** Appends an entry of counts, never complete: nothing is said about values. */
    public static void append(Journal journal, CountReport report) throws IOException {
        journal.append(
                VERIFIED,
                new Counts(
                        CountReport.MODE,
                        report.equal(),
                        report.differing(),
                        false,
                        position(report.positions()),
                        report.tables().stream()
                                .map(
                                        t ->
                                                new Counts.CountTable(
                                                        t.name(),
                                                        t.mysql().rows(),
                                                        t.mysql().points(),
                                                        t.iotdb().rows(),
                                                        t.differing()))
                                .toList()));
    }

    private static @Nullable BinlogPosition position(Positions positions) {
        return positions.equalAt() == null ? positions.before() : positions.equalAt();
    }
}
