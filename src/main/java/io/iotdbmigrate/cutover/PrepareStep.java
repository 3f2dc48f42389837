package io.iotdbmigrate.cutover;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import java.time.Duration;

/**
 * Before writes are paused, compares what was changed until now, so that little is left for the
 * pause. A process that takes up the cutover of another one without it compares longer.
 */
record PrepareStep(Verification verification, Verify mode, Duration limit) implements Step {
    @Override
    public StepName name() {
        return StepName.PREPARE;
    }

    @Override
    public String plan() {
        return mode == Verify.RECENT
                ? "what changed since the last full verify, while writes go on"
                : "nothing of it: only cutover.verify: recent does";
    }

    @Override
    public String tooLong() {
        return "run a full iotdb-migrate verify shortly before";
    }

    @Override
    public String apply(Notes notes) throws Exception {
        return mode == Verify.NONE ? "nothing" : verification.prepare(mode);
    }
}
