package io.iotdbmigrate.model;

import java.time.Duration;

/** A wait for something that can only be looked at again and again. */
public final class Await {
    private Await() {}

    /** A look; true ends the wait. */
    @FunctionalInterface
    public interface Look<E extends Exception> {
        boolean isTrue() throws E;
    }

    /**
     * Looks until it is true, at least once.
     *
     * @param every the pause between two looks
     * @return false if it is not true after that time
     */
    public static <E extends Exception> boolean until(Duration atMost, Duration every, Look<E> look)
            throws E, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!look.isTrue()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(every.toMillis());
        }
        return true;
    }
}
