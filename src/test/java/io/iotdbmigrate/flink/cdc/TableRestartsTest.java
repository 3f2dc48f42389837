package io.iotdbmigrate.flink.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TableRestartsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static boolean mayFollow(int attempts, long... minutesAgo) {
        List<Instant> at =
                LongStream.of(minutesAgo).mapToObj(m -> NOW.minus(Duration.ofMinutes(m))).toList();
        return new TableRestarts(at, attempts, Duration.ofMinutes(10)).mayFollow(NOW);
    }

    @Test
    void leavesHalfOfTheAttemptsForFailures() {
        assertThat(mayFollow(6)).isTrue();
        assertThat(mayFollow(6, 9, 1)).isTrue();
        assertThat(mayFollow(6, 18, 1, 9)).isFalse();
        assertThat(mayFollow(6, 19, 1, 9)).as("not in one row").isTrue();
        assertThat(mayFollow(6, 28, 19, 10)).as("counted anew").isTrue();
    }

    @Test
    void waitsRatherThanUseTheOnlyAttempt() {
        assertThat(mayFollow(1)).isTrue();
        assertThat(mayFollow(1, 9)).isFalse();
        assertThat(mayFollow(1, 10)).isTrue();
    }
}
