package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.flink.cdc.Course.Stretch;
import io.iotdbmigrate.flink.cluster.JobPages;
import io.iotdbmigrate.flink.cluster.RestartReasons;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.journal.CdcCourse;
import io.iotdbmigrate.journal.CdcCourse.Failure;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.CountedTables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes about the course of a replication, in the journal. A thread of their own asks MySQL for the
 * lag, and the cluster for reasons of restarts: whoever of them is slow or away holds up no change.
 * Notes that IoTDB does not take are kept, and are written with the next one.
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
    private final CountedTables tables;
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
    private final UnwrittenNotes unwritten = new UnwrittenNotes();
    private final CdcCourse.@Nullable Stretch last;
    private @Nullable Future<?> work;
    private Instant newest;
    private Instant tidied = Instant.MIN;
    private int made;

    /** Whether a job that follows may write by now, so that a late note would count twice. */
    private volatile boolean closed;

    /**
     * @param pages of the job
     * @param restarted whether the cluster has restarted the job after a failure
     * @param last the newest note in the journal
     */
    CourseNotes(CdcSpec spec, JobPages pages, boolean restarted, CdcCourse.@Nullable Stretch last) {
        this.last = last;
        this.newest = last == null ? Instant.EPOCH : last.at();
        this.spec = spec;
        this.pages = pages;
        this.restarted = restarted;
        this.tables = CountedTables.of(spec.followed());
        this.journal = new Journal(new Retries(spec.iotdb().tree(), 0, LOG::info), spec.name());
    }

    /**
     * Makes up for what the job before had not noted when it ended.
     *
     * @param durable changed rows that are durable, since the job first began
     */
    void goOn(long durable, Instant begun) {
        if (last != null) {
            last.unnoted(durable, begun).ifPresent(unwritten::add);
        }
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
        unwritten.add(
                new CdcCourse.Stretch(
                        stretch.until(),
                        Duration.between(stretch.since(), stretch.until()).toMillis(),
                        stretch.events(),
                        stretch.applied().rows(),
                        mostBehind(stretch),
                        stretch.longestMillis(),
                        made == 0 && !restarted,
                        failures(stretch)));
        newest = stretch.until();
        made++;
        try {
            unwritten.write(note -> CdcCourse.add(journal, note), () -> !closed);
            if (!closed && tidied.isBefore(stretch.until().minus(TIDIED_EVERY))) {
                CdcCourse.tidy(journal, stretch.until());
                tidied = stretch.until();
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("{} notes wait until IoTDB takes them", unwritten.size(), e);
        }
    }

    /**
     * Returns how much was not in IoTDB, at most: a checkpoint has just ended, so there is less now
     * than there was before. Null if MySQL does not say how much there is now, or not soon.
     */
    private @Nullable Long mostBehind(Stretch stretch) {
        Long now = lag(stretch.applied());
        return now == null ? null : Long.valueOf(Math.max(now, stretch.mostWaiting()));
    }

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

    private List<Failure> failures(Stretch stretch) {
        if (!restarted || made >= TIMES_ASKED) {
            return List.of();
        }
        try {
            return RestartReasons.since(pages, newest.minus(CLOCKS)).stream()
                    .map(failure -> new Failure(failure.at(), failure.sentence()))
                    .toList();
        } catch (IOException e) {
            LOG.info("the cluster does not say why the job restarted", e);
            return made == 0
                    ? List.of(new Failure(stretch.since(), "why is in the log of the cluster"))
                    : List.of();
        }
    }

    /**
     * Does not wait for long: a server that does not answer would hold up a restart. The thread
     * closes the journal, sooner or later.
     */
    @Override
    public void close() throws InterruptedException {
        thread.execute(journal::close);
        thread.shutdown();
        boolean ended = false;
        try {
            ended = thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            closed = !ended;
            if (work != null) {
                work.cancel(true);
            }
        }
    }
}
