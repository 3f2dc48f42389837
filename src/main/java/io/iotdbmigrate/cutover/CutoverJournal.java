package io.iotdbmigrate.cutover;

import java.util.Optional;

/** Where a cutover is, kept where a later process finds it. */
public interface CutoverJournal extends AutoCloseable {

    /**
     * Adds what is now the case; it is durable when this returns. May be called from one thread
     * after another, also while an interrupted call still hangs.
     */
    void append(CutoverState state) throws Exception;

    /** Returns what was added last; empty if there was no cutover yet. */
    Optional<CutoverState> last() throws Exception;

    @Override
    default void close() {}
}
