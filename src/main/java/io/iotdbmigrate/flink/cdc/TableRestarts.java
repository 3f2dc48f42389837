package io.iotdbmigrate.flink.cdc;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The restarts of a job that were for tables that appeared. Flink counts them as it counts
 * failures, so that they must not follow each other as fast as they please.
 *
 * @param at when they were
 * @param attempts how many restarts Flink allows, less than {@code forgotten} one behind the other
 * @param forgotten after how long without a restart Flink counts anew
 */
record TableRestarts(List<Instant> at, int attempts, Duration forgotten) {
    TableRestarts {
        at = List.copyOf(at);
    }

    /** Tells whether another one leaves Flink half of its attempts for failures. */
    boolean mayFollow(Instant now) {
        int counted = 0;
        Instant next = now;
        for (Instant one : at.stream().sorted(Comparator.reverseOrder()).toList()) {
            if (Duration.between(one, next).compareTo(forgotten) >= 0) {
                break;
            }
            counted++;
            next = one;
        }
        return counted == 0 || counted < attempts / 2;
    }
}
