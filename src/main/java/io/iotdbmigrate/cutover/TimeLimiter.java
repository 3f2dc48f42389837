package io.iotdbmigrate.cutover;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A limiter that runs work that may hang. Each on a thread of its own, which is interrupted at the
 * limit or at a stop, given a few seconds to end, and then left behind.
 */
final class TimeLimiter {
    private static final Duration TICK = Duration.ofMillis(50);

    private final Runnable onTick;
    private final Duration grace;

    /**
     * @param onTick called by the waiting thread all the while
     * @param grace for work to end after its interrupt
     */
    TimeLimiter(Runnable onTick, Duration grace) {
        this.onTick = onTick;
        this.grace = grace;
    }

    /** The work was still not done at its limit. */
    static final class LimitException extends Exception {
        private static final long serialVersionUID = 1L;

        LimitException(String message) {
            super(message);
        }
    }

    /** Someone asked to stop. */
    static final class StopException extends Exception {
        private static final long serialVersionUID = 1L;

        StopException() {
            super("a stop was asked for");
        }
    }

    /**
     * Returns what the work returns, throws what it throws.
     *
     * @param name of the work
     * @param stop whether not to wait any longer
     */
    <T> T call(String name, Duration limit, BooleanSupplier stop, Callable<T> work)
            throws Exception {
        if (stop.getAsBoolean()) {
            throw new StopException();
        }
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "cutover " + name);
        thread.setDaemon(true);
        thread.start();
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                long left = deadline - System.nanoTime();
                try {
                    return task.get(
                            Math.max(1, Math.min(left, TICK.toNanos())), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    onTick.run();
                    if (left <= 0) {
                        throw new LimitException(
                                name + " took longer than " + limit.toSeconds() + " s");
                    }
                    if (stop.getAsBoolean()) {
                        throw new StopException();
                    }
                }
            }
        } catch (ExecutionException e) {
            throw cause(e);
        } finally {
            if (!task.isDone()) {
                task.cancel(true);
                thread.join(grace.toMillis());
            }
        }
    }

    private static Exception cause(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return (Exception) e.getCause();
    }
}
