package io.iotdbmigrate.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cutover.CutoverState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** For how long writes were paused, as it is known at a time. */
class CutoverStateTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant LATER = AT.plusSeconds(60);

    private final CutoverState begun =
            CutoverState.start("id", false, AT, new Operator("ann", "host", 7));
    private final CutoverState paused =
            begun.with(begun.facts().pausing(Map.of("read_only", "OFF"), AT.plusSeconds(1)));

    @Test
    void notAtAll() {
        assertThat(begun.paused(LATER)).isZero();
    }

    @Test
    void untilNowWhileItGoesOn() {
        assertThat(paused.paused(LATER)).isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void untilMySqlTakesWritesAgain() {
        CutoverState resumed =
                paused.with(paused.facts().resumed(AT.plusSeconds(4))).with(Phase.UNDONE);

        assertThat(resumed.paused(LATER)).isEqualTo(Duration.ofSeconds(3));
    }

    /** From then on the application has IoTDB, and MySQL stays read-only for good. */
    @Test
    void untilTheSwitchHasSucceeded() {
        StepState step = StepState.waiting(StepName.SWITCH).begun(AT.plusSeconds(6));
        CutoverState switched =
                paused.with(step.done(AT.plusSeconds(9), "done")).with(Phase.SWITCHED);

        assertThat(switched.paused(LATER)).isEqualTo(Duration.ofSeconds(8));
    }

    /** A hook that has run is no switch before the journal says so. */
    @Test
    void onWhileTheEndIsNotNoted() {
        StepState step = StepState.waiting(StepName.SWITCH).begun(AT.plusSeconds(6));

        assertThat(paused.with(step.done(AT.plusSeconds(9), "done")).paused(LATER))
                .isEqualTo(Duration.ofSeconds(59));
    }

    /** Who finishes another's undoing did not begin it. */
    @Test
    void undoingBeganWhenItFirstDid() {
        assertThat(begun.back(AT.plusSeconds(5)).back(LATER).undoingAt())
                .isEqualTo(AT.plusSeconds(5));
    }
}
