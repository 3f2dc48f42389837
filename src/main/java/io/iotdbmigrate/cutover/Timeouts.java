package io.iotdbmigrate.cutover;

import io.iotdbmigrate.config.CutoverConfig;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import java.time.Duration;

/**
 * How long each step may take. Writes are paused from {@code pause} to {@code hook}.
 *
 * @param person for an answer
 * @param prepare to compare while writes go on
 * @param settle until the binlog stands still after the pause
 * @param hook of one executable
 * @param journal of one entry
 * @param undo of one step, tries included
 * @param grace for what was interrupted to end
 */
record Timeouts(
        Duration preflight,
        Duration person,
        Duration prepare,
        Duration pause,
        Duration settle,
        Duration drain,
        Duration verify,
        Duration savepoint,
        Duration hook,
        Duration journal,
        Duration undo,
        Duration grace) {

    static Timeouts of(CutoverConfig config) {
        return new Timeouts(
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                config.drainTimeout(),
                config.verify() == Verify.FULL ? Duration.ofHours(2) : Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                Duration.ofSeconds(15),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5));
    }
}
