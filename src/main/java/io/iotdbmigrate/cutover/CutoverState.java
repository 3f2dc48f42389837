package io.iotdbmigrate.cutover;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One cutover as the journal has it. An entry holds all of it, so that the last one is enough.
 *
 * @param id tells cutovers of one migration apart
 * @param rehearsal whether everything is undone before the switch
 * @param undoingAt when undoing began; null if it did not, or an older version noted it
 */
public record CutoverState(
        String id,
        boolean rehearsal,
        Instant startedAt,
        Operator operator,
        Phase phase,
        List<StepState> steps,
        Facts facts,
        @Nullable Instant undoingAt) {

    /** Where it is heading, or how it ended. */
    public enum Phase {
        FORWARD,
        /** Everything that was begun is being undone. */
        BACK,
        SWITCHED,
        UNDONE;

        public boolean ended() {
            return this == SWITCHED || this == UNDONE;
        }
    }

    public CutoverState {
        steps = List.copyOf(steps);
    }

    /** Begins with all steps. A rehearsal has no switch. */
    static CutoverState start(String id, boolean rehearsal, Instant now, Operator operator) {
        List<StepState> steps =
                Arrays.stream(StepName.values())
                        .filter(name -> !(rehearsal && name == StepName.SWITCH))
                        .map(StepState::waiting)
                        .collect(Collectors.toUnmodifiableList());
        return new CutoverState(
                id, rehearsal, now, operator, Phase.FORWARD, steps, Facts.NONE, null);
    }

    public StepState step(StepName name) {
        return steps.stream()
                .filter(step -> step.name() == name)
                .findFirst()
                .orElse(StepState.waiting(name));
    }

    CutoverState with(StepState changed) {
        List<StepState> all =
                steps.stream()
                        .map(step -> step.name() == changed.name() ? changed : step)
                        .collect(Collectors.toUnmodifiableList());
        return new CutoverState(id, rehearsal, startedAt, operator, phase, all, facts, undoingAt);
    }

    CutoverState with(Facts known) {
        return new CutoverState(id, rehearsal, startedAt, operator, phase, steps, known, undoingAt);
    }

    CutoverState with(Phase next) {
        return new CutoverState(id, rehearsal, startedAt, operator, next, steps, facts, undoingAt);
    }

    /** Turns back. What another process had begun to undo began when that said so. */
    CutoverState back(Instant now) {
        return new CutoverState(
                id,
                rehearsal,
                startedAt,
                operator,
                Phase.BACK,
                steps,
                facts,
                undoingAt == null ? now : undoingAt);
    }

    /** Returns how long MySQL took no writes before the application had another place for them. */
    public Duration paused(Instant now) {
        Instant switched = phase == Phase.SWITCHED ? step(StepName.SWITCH).endedAt() : null;
        return facts.paused(switched == null ? now : switched);
    }

    /**
     * Returns how long a step's apply took; of one whose process died, how long at most.
     *
     * @param now for a step that goes on
     */
    public Duration duration(StepState step, Instant now) {
        return step.duration(undoingAt == null ? now : undoingAt);
    }

    /** Tells who began it and when, for messages. */
    public String origin() {
        return (rehearsal ? "the rehearsal of " : "the cutover of ")
                + operator
                + ", begun at "
                + startedAt;
    }
}
