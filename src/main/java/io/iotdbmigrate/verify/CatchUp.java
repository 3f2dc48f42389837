package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The wait until replication has applied what MySQL has. */
final class CatchUp {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Recheck.BinlogProgress replication;
    private final Duration patience;

    /**
     * Where it got to.
     *
     * @param at MySQL's position when the wait began; null if it has none
     * @param reached whether all up to there is in IoTDB
     * @param ended whether replication does not run any more
     */
    record Result(@Nullable BinlogPosition at, boolean reached, boolean ended) {}

    /**
     * @param patience with replication that lags
     */
    CatchUp(Recheck.BinlogProgress replication, Duration patience) {
        this.replication = replication;
        this.patience = patience;
    }

    /** What is done while replication is waited for. */
    @FunctionalInterface
    interface Meanwhile {

        /**
         * @param paused since the last call
         */
        void after(Duration paused) throws IOException;
    }

    /** Waits for the position that MySQL is at now. */
    Result await() throws IOException {
        return await(paused -> {});
    }

    /** Waits like {@link #await()}, and calls {@code meanwhile} between two looks. */
    Result await(Meanwhile meanwhile) throws IOException {
        BinlogPosition wanted = replication.current().orElse(null);
        boolean reached = wanted != null && isApplied(wanted, meanwhile);
        return new Result(wanted, reached, !reached && !replication.runs());
    }

    private boolean isApplied(BinlogPosition wanted, Meanwhile meanwhile) throws IOException {
        Duration waited = Duration.ZERO;
        Duration pause = FIRST_PAUSE;
        while (true) {
            if (!replication.runs()) {
                return false;
            }
            if (replication.hasApplied(wanted)) {
                return true;
            }
            if (waited.compareTo(patience) >= 0) {
                return false;
            }
            replication.pause(pause);
            waited = waited.plus(pause);
            meanwhile.after(pause);
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
    }

    /**
     * Waits before a look. A look that comes after another one, so many before it, waits a little
     * first.
     */
    void pauseBefore(int look) throws IOException {
        if (look > 0) {
            replication.pause(FIRST_PAUSE.multipliedBy(1L << Math.min(look, 5)));
        }
    }

    /** Returns what a person should know if the position was not reached. */
    String late(Result result) {
        if (result.ended()) {
            return "replication ended before differences could be looked at again, so they may"
                    + " only be late";
        }
        return "replication did not reach position "
                + (result.at() == null ? "(none)" : result.at())
                + " in "
                + patience.toSeconds()
                + " s, so the differences may only be late";
    }
}
