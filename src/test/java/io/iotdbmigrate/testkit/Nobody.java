package io.iotdbmigrate.testkit;

import io.iotdbmigrate.cutover.CutoverListener;
import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.Person;
import io.iotdbmigrate.cutover.StepName;
import io.iotdbmigrate.cutover.StepState;
import org.jspecify.annotations.Nullable;

/** Nobody at a cutover's terminal, or only one who ends it behind a step. */
public final class Nobody implements Person, CutoverListener {
    private final @Nullable StepName last;
    private volatile boolean ends;

    private Nobody(@Nullable StepName last) {
        this.last = last;
    }

    /** Does nothing at all. */
    public static Nobody atAll() {
        return new Nobody(null);
    }

    /** As Ctrl-C when this step is done, which is seen while the next one goes on. */
    public static Nobody whoEndsBehind(StepName step) {
        return new Nobody(step);
    }

    /** Whether the cutover is to end. */
    public boolean ends() {
        return ends;
    }

    @Override
    public void progress(CutoverState state) {
        ends |= last != null && state.step(last).status() == StepState.Status.DONE;
    }

    @Override
    public boolean isThere() {
        return false;
    }

    @Override
    public boolean agrees(String question) {
        return false;
    }

    @Override
    public void tell(String sentence) {
        // Nobody listens.
    }

    @Override
    public void note(String sentence) {
        // Nobody listens.
    }
}
