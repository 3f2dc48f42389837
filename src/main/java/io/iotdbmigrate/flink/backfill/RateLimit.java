package io.iotdbmigrate.flink.backfill;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A limit that spreads rows evenly over time. {@link #acquire} and {@link #wakeUp} may be called
 * from different threads.
 */
final class RateLimit {
    private final double rowsPerSecond;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean wokenUp;
    private long nextFreeNanos = System.nanoTime();

    /**
     * @param rowsPerSecond 0 or less: no limit
     */
    RateLimit(double rowsPerSecond) {
        this.rowsPerSecond = rowsPerSecond;
    }

    /** Returns when so many rows may pass, or early when woken up. */
    void acquire(int rows) {
        if (rowsPerSecond <= 0 || rows == 0) {
            return;
        }
        lock.lock();
        try {
            long now = System.nanoTime();
            nextFreeNanos =
                    Math.max(now, nextFreeNanos) + (long) (rows / rowsPerSecond * 1_000_000_000L);
            long wait = nextFreeNanos - now;
            wokenUp = false;
            while (wait > 0 && !wokenUp) {
                wait = woken.awaitNanos(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    void wakeUp() {
        lock.lock();
        try {
            wokenUp = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
