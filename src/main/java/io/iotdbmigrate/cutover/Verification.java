package io.iotdbmigrate.cutover;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import java.util.Optional;

/** Compares both sides. Answers to an interrupt of its thread. */
public interface Verification {

    /**
     * Compares now.
     *
     * @param mode not {@link Verify#NONE}; {@link Verify#RECENT} is what changed since {@link
     *     #lastFull}, and the counts of everything
     */
    Verified run(Verify mode) throws Exception;

    /** The last comparison of everything, whatever it found. */
    Optional<Verified> lastFull() throws Exception;
}
