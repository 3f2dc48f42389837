package io.iotdbmigrate.journal;

import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.cutover.CutoverJournal;
import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.iotdb.Retries;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cutovers in the {@link Journal}: one entry {@code cutover} per change, each with all that is
 * known, so that the last one is enough. Gives up sooner than a backfill would: writes are paused
 * meanwhile.
 */
public final class CutoverEntries implements CutoverJournal {
    private static final Logger LOG = LoggerFactory.getLogger(CutoverEntries.class);
    private static final String EVENT = "cutover";
    private static final int RETRIES = 3;

    private final IotdbConfig config;
    private final String migration;
    private @Nullable Journal open;

    public CutoverEntries(IotdbConfig config, String migration) {
        this.config = config;
        this.migration = migration;
    }

    @Override
    public void append(CutoverState state) throws IOException {
        Journal journal = borrow();
        journal.append(EVENT, state);
        giveBack(journal);
    }

    @Override
    public Optional<CutoverState> last() throws IOException {
        Journal journal = borrow();
        Optional<CutoverState> last =
                journal.entries().stream()
                        .filter(entry -> entry.event().equals(EVENT))
                        .reduce((earlier, later) -> later)
                        .flatMap(CutoverEntries::of);
        giveBack(journal);
        return last;
    }

    /** Returns the cutover that an entry is about. */
    public static Optional<CutoverState> of(Journal.Entry entry) {
        return Optional.of(entry)
                .filter(e -> e.event().equals(EVENT))
                .map(e -> StoredJson.fromNode(e.fields(), CutoverState.class));
    }

    /** Returns when the application was switched to IoTDB, unless a migration began anew since. */
    public static Optional<Instant> switchedAt(List<Journal.Entry> entries) {
        Instant at = null;
        for (Journal.Entry entry : entries) {
            if (VerifyJournal.voids(entry)) {
                at = null;
            } else if (of(entry).filter(s -> s.phase() == Phase.SWITCHED).isPresent()) {
                at = entry.at();
            }
        }
        return Optional.ofNullable(at);
    }

    /**
     * Takes the open journal for a call. A call that hangs keeps its session to itself: the next
     * one opens another.
     */
    private synchronized Journal borrow() {
        Journal journal = open;
        open = null;
        return journal == null
                ? new Journal(new Retries(config.tree(), RETRIES, LOG::warn), migration)
                : journal;
    }

    private synchronized void giveBack(Journal journal) {
        open = journal;
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
