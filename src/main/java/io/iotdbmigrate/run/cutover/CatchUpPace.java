package io.iotdbmigrate.run.cutover;

import java.time.Duration;

/**
 * The pace of a catch-up, by which it is decided after each round whether another one helps. Used
 * by one thread.
 */
final class CatchUpPace {
    private static final int ROUNDS = 10;

    /** Before that, what came while nothing was compared yet may have to be applied. */
    private static final int SETTLED = 3;

    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final Duration CALM = Duration.ofSeconds(2);

    private final Duration maxLag;
    private int round;
    private Duration lastApplying = Duration.ofDays(1);
    private Duration lastComparing = Duration.ofDays(1);

    /**
     * @param maxLag how far replication may be behind when writes are paused
     */
    CatchUpPace(Duration maxLag) {
        this.maxLag = maxLag;
    }

    /** What to do after a round. */
    enum Next {
        /** Another round leaves less for the pause. */
        AGAIN,
        /** The pause would take about as long after another round. */
        ENOUGH,
        /** Writes come faster than replication applies them beside the comparison. */
        OUTRUN
    }

    /**
     * Adds a round.
     *
     * @param applying how long replication took for what had come before the round
     * @param comparing how long the comparison took
     */
    Next after(Duration applying, Duration comparing) {
        round++;
        boolean behind = applying.compareTo(maxLag) > 0;
        boolean gains = applying.compareTo(lastApplying) < 0;
        boolean shrinks = comparing.multipliedBy(4).compareTo(lastComparing.multipliedBy(3)) < 0;
        boolean compared = comparing.compareTo(QUICK) < 0 || !shrinks;
        lastApplying = applying;
        lastComparing = comparing;
        if (behind && (round == ROUNDS || (round >= SETTLED && !gains))) {
            return Next.OUTRUN;
        }
        boolean calm = round > 1 && applying.compareTo(CALM) < 0 && compared;
        return calm || round == ROUNDS ? Next.ENOUGH : Next.AGAIN;
    }

    /** Returns how many rounds there were. */
    int rounds() {
        return round;
    }
}
