package io.iotdbmigrate.cutover;

import io.iotdbmigrate.cutover.CdcJob.Place;
import java.time.Duration;

/** A step that stops the CDC job with a savepoint, from which it could go on without a gap. */
record StopStep(CdcJob replication, Duration limit) implements Step {
    @Override
    public StepName name() {
        return StepName.STOP;
    }

    @Override
    public String plan() {
        return "kept, so that replication could go on";
    }

    @Override
    public String apply(Notes notes) throws Exception {
        String savepoint = replication.stopWithSavepoint();
        notes.add(facts -> facts.stopped(savepoint));
        return savepoint;
    }

    @Override
    public void undo(Notes notes) throws Exception {
        replication.resume();
    }

    /** Waits for the start; a failed start is made good. */
    @Override
    public void settle(Notes notes) throws Exception {
        replication.resume();
        replication.awaitRunning();
        if (!replication.status().running()) {
            throw NotSwitched.because("the CDC job does not run again");
        }
        notes.add(facts -> facts.stopped(null));
    }

    @Override
    public String byHand(Facts facts) {
        Place place = facts.place();
        return "start replication again with iotdb-migrate cdc"
                + (place == null || place.cluster() == null ? "" : " --remote " + place.cluster())
                + (facts.savepoint() == null ? "" : "; its savepoint is " + facts.savepoint());
    }
}
