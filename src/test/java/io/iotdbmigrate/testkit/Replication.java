package io.iotdbmigrate.testkit;

import io.iotdbmigrate.flink.cluster.SharedCluster;
import io.iotdbmigrate.flink.cluster.StopWithSavepoint;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.run.cdc.CdcListener;
import io.iotdbmigrate.run.cdc.CdcOutcome;
import io.iotdbmigrate.run.cdc.CdcProgress;
import io.iotdbmigrate.run.cdc.CdcRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A replication that runs in this process, in a thread of its own. */
public final class Replication implements AutoCloseable {
    private static final Duration PATIENCE =
            Duration.ofSeconds(Boolean.getBoolean("iotdbmigrate.long") ? 1_800 : 180);

    private final Migration migration;
    private final @Nullable ClusterAddress remote;
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final CompletableFuture<CdcOutcome.Stopped> outcome = new CompletableFuture<>();
    private volatile boolean stop;
    private volatile Duration stopPatience = StopWithSavepoint.PATIENCE;
    private volatile CdcProgress last;
    private volatile String from = "";

    private Replication(Migration migration, @Nullable ClusterAddress remote) {
        this.migration = migration;
        this.remote = remote;
    }

    static Replication start(
            Migration migration, TestDatabase database, @Nullable ClusterAddress remote) {
        Replication replication = new Replication(migration, remote);
        Thread thread = new Thread(replication::run, "replication of " + database.name());
        thread.setDaemon(true);
        thread.start();
        return replication;
    }

    private void run() {
        try {
            outcome.complete(
                    (CdcOutcome.Stopped)
                            SharedCluster.cdc(migration.config(), migration.state())
                                    .run(new CdcRun.Options(false, remote, false), new Listener()));
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
        tell();
    }

    /** Waits until MySQL's binlog holds no event of a mapped table that is not in IoTDB. */
    public Replication awaitApplied() throws Exception {
        try (Applying applying = new Applying(migration)) {
            await(progress -> applying.isDone());
        }
        return this;
    }

    /** Waits until its first changes are in IoTDB, as its journal has it. */
    public Replication awaitSome() throws Exception {
        return await(progress -> progress.applied().isPresent());
    }

    /** Waits likewise for a replication that a process of its own runs. */
    public static void awaitAppliedBy(Migration migration, Tool tool, Process process) {
        try (Applying applying = new Applying(migration)) {
            org.awaitility.Awaitility.await()
                    .pollInterval(Duration.ofMillis(200))
                    .atMost(PATIENCE)
                    .until(
                            () -> {
                                if (!process.isAlive()) {
                                    throw new IllegalStateException(
                                            "it ended: " + tool.end(process));
                                }
                                return applying.isDone();
                            });
        }
    }

    /** Waits until one that a process of its own runs has applied further rows. */
    public static void awaitProgress(Migration migration, Process process) {
        try (Applying applying = new Applying(migration)) {
            long before = applying.rows();
            org.awaitility.Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(
                            () -> {
                                if (!process.isAlive()) {
                                    throw new IllegalStateException("the process ended");
                                }
                                return applying.rows() > before;
                            });
        }
    }

    /** Rows that are applied, as the journal has it. */
    public static long appliedRows(Migration migration) {
        try (Applying applying = new Applying(migration)) {
            return applying.rows();
        }
    }

    /** Waits likewise for one that runs anywhere. */
    public static void awaitAppliedSomewhere(Migration migration) {
        try (Applying applying = new Applying(migration)) {
            org.awaitility.Awaitility.await()
                    .pollInterval(Duration.ofMillis(200))
                    .atMost(PATIENCE)
                    .until(applying::isDone);
        }
    }

    /** Whether MySQL's binlog holds no event of a mapped table that is not in IoTDB. */
    public static boolean isAllApplied(Migration migration) {
        try (Applying applying = new Applying(migration)) {
            return applying.isDone();
        }
    }

    /** Waits for something that shows when progress is told, about every second. */
    public Replication await(Predicate<CdcProgress> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        lock.lock();
        try {
            while (true) {
                if (outcome.isDone()) {
                    throw new IllegalStateException("it ended: " + result());
                }
                CdcProgress progress = last;
                if (progress != null && condition.test(progress)) {
                    return this;
                }
                last = null;
                if (told.awaitNanos(end - System.nanoTime()) <= 0) {
                    throw new TimeoutException("last: " + progress + ", notes: " + notes);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until progress was told so many times more. */
    public void awaitTold(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            last = null;
            await(progress -> true);
        }
    }

    private void tell() {
        lock.lock();
        try {
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops it with a savepoint; it is known not to run just now, and not asked for long. */
    public CdcOutcome.Stopped stopWhileItRestarts() throws Exception {
        stopPatience = Waits.RESTARTING;
        return stop();
    }

    /** Stops it with a savepoint. */
    public CdcOutcome.Stopped stop() throws Exception {
        stop = true;
        return result();
    }

    /** Waits for its end. */
    public CdcOutcome.Stopped result() throws Exception {
        try {
            return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Lines for a person. */
    public List<String> notes() {
        return notes;
    }

    /** Whether it does not run any more. */
    public boolean hasEnded() {
        return outcome.isDone();
    }

    /** Where it said it begins. */
    public String from() {
        return from;
    }

    @Override
    public void close() throws Exception {
        if (!outcome.isDone()) {
            stop();
        }
    }

    private final class Listener implements CdcListener {
        @Override
        public void starting(String where) {
            from = where;
        }

        @Override
        public void progress(CdcProgress progress) {
            last = progress;
            tell();
        }

        @Override
        public Duration progressInterval() {
            return Waits.PROGRESS;
        }

        @Override
        public Duration positionInterval() {
            return Waits.PROGRESS;
        }

        @Override
        public Duration stopPatience() {
            return stopPatience;
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }

        @Override
        public boolean stopRequested() {
            return stop;
        }
    }
}
