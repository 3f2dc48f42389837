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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A watch on a status: a look about once a second, also while a server is away. A look that takes
 * long is told of before it ends. What a person has to mend ends it, and so does a first look that
 * fails. Not thread-safe.
 */
public final class StatusWatch {
    private static final Duration APART = Duration.ofSeconds(1);

    /** A remote cluster renews its figures every ten seconds. */
    private static final Duration OVER = Duration.ofSeconds(21);

    /** A look takes a second or two; a server that hangs may answer never. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A look that always takes long, as along a long binlog, is no trouble. */
    private static final int TIMES_THE_LAST = 2;

    private static final Duration MOST_PATIENCE = Duration.ofSeconds(20);

    /** How often a person is asked who may not want to wait any longer. */
    private static final Duration TICK = Duration.ofMillis(250);

    /** Class of the SQL states of connections. */
    private static final String CONNECTION = "08";

    private final Callable<MigrationStatus> look;
    private final BooleanSupplier ended;
    private final LongSupplier nanoTime;
    private final Deque<Seen> seenEvents = new ArrayDeque<>();
    private @Nullable MigrationStatus status;
    private @Nullable String trouble;
    private final Duration least;
    private Duration patience;
    private Instant seenAt = Instant.now();
    private @Nullable FutureTask<MigrationStatus> looking;
    private boolean slow;
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
        this(look, ended, nanoTime, PATIENCE);
    }

    /**
     * @param least how long a look may take until it is told of, at least
     */
    StatusWatch(
            Callable<MigrationStatus> look,
            BooleanSupplier ended,
            LongSupplier nanoTime,
            Duration least) {
        this.look = look;
        this.ended = ended;
        this.nanoTime = nanoTime;
        this.least = least;
        this.patience = least;
    }

    /**
     * Looks until there is something to show: a status, that a server has gone away, or that none
     * answers.
     *
     * @return false if a person wants no further look
     */
    public boolean next() throws Exception {
        while (!ended.getAsBoolean()) {
            try {
                MigrationStatus seen = look();
                if (seen != null) {
                    seen(seen);
                    return true;
                }
                if (!slow && !away) {
                    slow = true;
                    trouble = sentence("the servers have not answered for " + words(patience));
                    return true;
                }
            } catch (AwayException | UserException e) {
                if (status == null || !isAway(e)) {
                    throw e;
                }
                if (!away) {
                    away = true;
                    trouble = sentence(withoutRemedy(e));
                    return true;
                }
            }
        }
        return false;
    }

    private void seen(MigrationStatus seen) {
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - begunNanos);
        Duration wanted = took.multipliedBy(TIMES_THE_LAST);
        patience = wanted.compareTo(MOST_PATIENCE) < 0 ? wanted : MOST_PATIENCE;
        patience = patience.compareTo(least) > 0 ? patience : least;
        status = smooth(seen);
        seenAt = Instant.now();
        trouble = null;
        slow = false;
        away = false;
    }

    /** Looks, or waits on for the look that goes on; null if there is no answer yet. */
    private @Nullable MigrationStatus look() throws Exception {
        boolean begins = looking == null;
        if (begins) {
            await();
            begunNanos = nanoTime.getAsLong();
            looking = new FutureTask<>(look);
            Thread thread = new Thread(looking, "look at the status");
            thread.setDaemon(true);
            thread.start();
        }
        FutureTask<MigrationStatus> current = requireNonNull(looking);
        try {
            MigrationStatus seen =
                    current.get((begins ? patience : TICK).toMillis(), TimeUnit.MILLISECONDS);
            looking = null;
            return seen;
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            looking = null;
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
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

    private String sentence(String why) {
        return "no status since "
                + seenAt.truncatedTo(ChronoUnit.SECONDS)
                + ", looking goes on: "
                + why;
    }

    /** Returns a message without what is behind the semicolon, for a command that has ended. */
    private static String withoutRemedy(Exception failure) {
        return String.valueOf(failure.getMessage()).split("; ", 2)[0];
    }

    private static String words(Duration patience) {
        return patience.toSeconds() + " s";
    }
}
