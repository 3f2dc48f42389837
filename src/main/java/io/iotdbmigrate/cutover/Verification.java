package io.iotdbmigrate.cutover;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import java.util.Optional;

/**
 * A verification that compares both sides. Answers to an interrupt of its thread. After a call that
 * was interrupted the next may come on another thread.
 */
public interface Verification extends AutoCloseable {

    /**
     * Does, while writes go on, what makes {@link #run} short.
     *
     * @return what was done, for people
     */
    String prepare(Verify mode) throws Exception;

    /**
     * Begins to ask MySQL what {@link #run} will want to know, while replication still applies the
     * last changes. Returns at once. Without it, {@link #run} asks itself.
     *
     * @param mode as for {@link #run}
     */
    default void sourceStands(Verify mode) {}

    /**
     * Compares while nothing moves and everything is applied. Without {@link #prepare} before it,
     * it takes as long as both.
     *
     * @param mode not {@link Verify#NONE}; {@link Verify#RECENT} is what changed since {@link
     *     #lastFull}, and the counts of everything
     */
    Verified run(Verify mode) throws Exception;

    /** Returns the last comparison of everything, whatever it found. */
    Optional<Verified> lastFull() throws Exception;

    /**
     * Returns how many rejected changes matter no longer, as the last comparison of everything
     * proves: it began behind them, and every row of MySQL could be mapped and was in IoTDB.
     */
    long settledRejections() throws Exception;

    @Override
    default void close() {}
}
