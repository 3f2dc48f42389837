package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.NameJournal;
import io.iotdbmigrate.journal.NameJournal.Newest;
import io.iotdbmigrate.mapping.names.NameChange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a replication is, as its journal has it, for display. The journal is asked in a thread of
 * its own: behind a network that is cut, IoTDB leaves a question unanswered for minutes, and a
 * person may want to stop meanwhile. Not thread-safe.
 */
final class AppliedPoll implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppliedPoll.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Journal journal;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread asking = new Thread(work, "cdc-applied");
                        asking.setDaemon(true);
                        return asking;
                    });
    private @Nullable Future<Optional<Applied>> question;
    private Optional<Applied> last = Optional.empty();
    private @Nullable Newest toldNames;
    private volatile @Nullable Newest names;

    /**
     * @param journal for this alone, which it closes
     * @param toldNames the newest change of names that is no news; null if no names are looked up
     */
    AppliedPoll(Journal journal, @Nullable Newest toldNames) {
        this.journal = journal;
        this.toldNames = toldNames;
        this.names = toldNames;
    }

    /** Asks again, and waits a second at most: where nothing is answered, the last one known. */
    Optional<Applied> ask() throws InterruptedException {
        if (question == null) {
            question = thread.submit(this::read);
        }
        try {
            last = question.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            question = null;
        } catch (ExecutionException e) {
            LOG.warn("how far the replication is could not be read", e.getCause());
            question = null;
        } catch (TimeoutException e) {
            LOG.debug("IoTDB does not say how far the replication is");
        }
        return last;
    }

    private Optional<Applied> read() throws IOException {
        if (names != null) {
            names = NameJournal.newest(journal);
        }
        return CdcJournal.read(journal);
    }

    /** Returns names that have changed since it was last asked. */
    List<NameChange> takeNames() {
        Newest newest = names;
        if (newest == null || newest.equals(toldNames)) {
            return List.of();
        }
        toldNames = newest;
        return newest.changes();
    }

    /** Returns at once, also while a question is open. */
    @Override
    public void close() {
        thread.execute(journal::close);
        thread.shutdown();
    }
}
