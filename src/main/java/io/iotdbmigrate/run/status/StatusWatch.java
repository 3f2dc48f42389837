package io.iotdbmigrate.run.status;

import static java.util.Objects.requireNonNull;

import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.ConnectFailure;
import io.iotdbmigrate.run.status.MigrationStatus.Job;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A watch on a status: a look about once a second, also while a server is away. What a person has
 * to mend ends it, and so does a first look that fails. Not thread-safe.
 */
public final class StatusWatch {
    private static final Duration APART = Duration.ofSeconds(1);

    /** A remote cluster renews its figures every ten seconds. */
    private static final Duration OVER = Duration.ofSeconds(21);

    /** Class of the SQL states of connections. */
    private static final String CONNECTION = "08";

    private final Callable<MigrationStatus> look;
    private final BooleanSupplier ended;
    private final LongSupplier nanoTime;
    private final Deque<Seen> seenEvents = new ArrayDeque<>();
    private @Nullable MigrationStatus status;
    private @Nullable String trouble;
    private boolean away;
    private long begunNanos;

    /** How many events a job had at a time, of which the metrics were there. */
    private record Seen(long nanos, String job, long events) {}

    /**
     * @param look asks the servers; may take a second itself
     * @param ended tells whether a person wants no further look
     * @param nanoTime a clock that only runs forward
     */
    public StatusWatch(
            Callable<MigrationStatus> look, BooleanSupplier ended, LongSupplier nanoTime) {
        this.look = look;
        this.ended = ended;
        this.nanoTime = nanoTime;
    }

    /**
     * Looks until there is something to show: a status, or that a server has gone away.
     *
     * @return false if a person wants no further look
     */
    public boolean next() throws Exception {
        while (!ended.getAsBoolean()) {
            await();
            begunNanos = nanoTime.getAsLong();
            try {
                status = smooth(look.call());
                trouble = null;
                away = false;
                return true;
            } catch (AwayException | UserException e) {
                if (status == null || !isAway(e)) {
                    throw e;
                }
                if (!away) {
                    away = true;
                    trouble = sentence(e);
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns what was seen by the last look that had an answer. */
    public MigrationStatus status() {
        return requireNonNull(status);
    }

    /** Returns why there is no status now, once for each time that a server goes away. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void await() throws InterruptedException {
        if (status != null) {
            long passed = nanoTime.getAsLong() - begunNanos;
            Thread.sleep(Math.max(0, APART.toNanos() - passed) / 1_000_000);
        }
    }

    /**
     * Gives a job the rate of the last seconds: within a single one a cluster may have no new
     * figure.
     */
    private MigrationStatus smooth(MigrationStatus seen) {
        Optional<Job> job = seen.job().filter(j -> j.events() > 0);
        Seen newest = seenEvents.peekLast();
        if (job.isEmpty() || (newest != null && !goesOn(newest, job.get()))) {
            seenEvents.clear();
        }
        if (job.isEmpty()) {
            return seen;
        }
        long now = nanoTime.getAsLong();
        seenEvents.add(new Seen(now, job.get().running().job(), job.get().events()));
        while (now - seenEvents.element().nanos() > OVER.toNanos()) {
            seenEvents.remove();
        }
        Seen first = seenEvents.element();
        double seconds = (now - first.nanos()) / 1e9;
        return seconds == 0
                ? seen
                : seen.withRate(Math.round((job.get().events() - first.events()) / seconds));
    }

    /** Tells whether a job counts on: one that begins anew counts from 0. */
    private static boolean goesOn(Seen before, Job job) {
        return before.job().equals(job.running().job()) && before.events() <= job.events();
    }

    /** Tells whether no connection came about, or it broke off: that may pass by itself. */
    private static boolean isAway(Exception failure) {
        return failure instanceof AwayException
                || failure.getCause() instanceof IOException
                || (failure.getCause() instanceof SQLException e
                        && e.getSQLState() != null
                        && e.getSQLState().startsWith(CONNECTION)
                        && !ConnectFailure.isRefusal(e));
    }

    /** Says so without the remedy behind the semicolon: that is for a command that has ended. */
    private static String sentence(Exception failure) {
        return "no status since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                + ", looking goes on: "
                + String.valueOf(failure.getMessage()).split("; ", 2)[0];
    }
}
