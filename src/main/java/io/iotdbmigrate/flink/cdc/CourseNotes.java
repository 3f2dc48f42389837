package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.flink.cdc.Course.Stretch;
import io.iotdbmigrate.flink.cluster.JobPages;
import io.iotdbmigrate.flink.cluster.RestartReasons;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.journal.CdcCourse;
import io.iotdbmigrate.journal.CdcCourse.Failure;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes about the course of a replication, in the journal. A thread of their own asks MySQL for the
 * lag, and the cluster for reasons of restarts: whoever of them is slow or away holds up no change.
 * A note that cannot be written is left out; its place in a chart stays empty.
 */
final class CourseNotes implements Course.Notes, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CourseNotes.class);
    private static final long MOST_EVENTS = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TIDIED_EVERY = Duration.ofDays(1);

    /** So far may the clocks of JobManager and TaskManager be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    /** The cluster answers from what it remembers, so it is asked with two notes. */
    private static final int TIMES_ASKED = 2;

    private final CdcSpec spec;
    private final Set<TableId> tables;
    private final JobPages pages;
    private final boolean restarted;
    private final Journal journal;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread own = new Thread(work, "notes of the replication");
                        own.setDaemon(true);
                        return own;
                    });
    private @Nullable Future<?> work;
    private @Nullable Instant newest;
    private Instant tidied = Instant.MIN;
    private int written;

    /**
     * @param pages of the job
     * @param restarted whether the cluster has restarted the job after a failure
     */
    CourseNotes(CdcSpec spec, JobPages pages, boolean restarted) {
        this.spec = spec;
        this.pages = pages;
        this.restarted = restarted;
        this.tables =
                spec.followed().stream()
                        .map(FollowedTable::table)
                        .collect(Collectors.toUnmodifiableSet());
        this.journal = new Journal(new Retries(spec.iotdb().tree(), 0, LOG::info), spec.name());
    }

    @Override
    public boolean take(Stretch stretch) {
        if (work != null && !work.isDone()) {
            return false;
        }
        work = thread.submit(() -> write(stretch));
        return true;
    }

    private void write(Stretch stretch) {
        try {
            CdcCourse.add(
                    journal,
                    new CdcCourse.Stretch(
                            stretch.until(),
                            Duration.between(stretch.since(), stretch.until()).toMillis(),
                            stretch.events(),
                            lag(stretch.applied()),
                            stretch.longestMillis(),
                            written == 0 && !restarted,
                            failures(stretch)));
            newest = stretch.until();
            written++;
            if (tidied.isBefore(stretch.until().minus(TIDIED_EVERY))) {
                CdcCourse.tidy(journal, stretch.until());
                tidied = stretch.until();
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("the note of {} is left out", stretch.until(), e);
        }
    }

    /** Counts what is not in IoTDB; null if MySQL does not say, or not soon. */
    private @Nullable Long lag(ChangeProgress applied) {
        ChangePosition last = applied.settled();
        if (last == null || !last.isInBinlog()) {
            return null;
        }
        try (BinlogServer server = new BinlogServer(spec.mysql())) {
            return server.uuid().equals(applied.server())
                    ? server.lag().roughlyBehind(last, tables, MOST_EVENTS, PATIENCE)
                    : null;
        } catch (UserException e) {
            LOG.info("MySQL does not say how far behind the replication is", e);
            return null;
        }
    }

    private List<Failure> failures(Stretch stretch) throws IOException {
        if (!restarted || written >= TIMES_ASKED) {
            return List.of();
        }
        Instant noted =
                newest == null ? newestOf(CdcCourse.read(journal, stretch.until())) : newest;
        try {
            return RestartReasons.since(pages, noted.minus(CLOCKS)).stream()
                    .map(failure -> new Failure(failure.at(), failure.sentence()))
                    .toList();
        } catch (IOException e) {
            LOG.info("the cluster does not say why the job restarted", e);
            return written == 0
                    ? List.of(new Failure(stretch.since(), "why is in the log of the cluster"))
                    : List.of();
        }
    }

    private static Instant newestOf(List<CdcCourse.Stretch> notes) {
        return notes.isEmpty() ? Instant.EPOCH : notes.get(notes.size() - 1).at();
    }

    /** Does not wait for long: a server that does not answer would hold up a restart. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        if (thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            journal.close();
        }
    }
}
