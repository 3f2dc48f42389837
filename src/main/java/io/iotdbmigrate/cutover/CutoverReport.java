package io.iotdbmigrate.cutover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a cutover ended.
 *
 * @param sentence what happened and, if it failed, why
 * @param toDo what a person must do now, in order
 * @param operator who ran this process; the state names who began
 */
public record CutoverReport(
        CutoverState state,
        Ending ending,
        String sentence,
        List<String> toDo,
        Operator operator,
        Instant endedAt) {

    public CutoverReport {
        toDo = List.copyOf(toDo);
    }

    /** Returns how long MySQL took no writes before the application had another place for them. */
    public Duration paused() {
        return state.paused(endedAt);
    }

    /** Returns how long one step took. */
    public Duration duration(StepName step) {
        return state.duration(state.step(step), endedAt);
    }
}
