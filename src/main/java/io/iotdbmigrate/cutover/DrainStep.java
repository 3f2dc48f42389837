package io.iotdbmigrate.cutover;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.cutover.CdcJob.Status;
import io.iotdbmigrate.model.BinlogPosition;
import java.time.Duration;

/**
 * A step that waits until everything up to the final position is in IoTDB. Meanwhile the next one
 * can ask MySQL, where nothing changes any more.
 */
record DrainStep(
        CdcJob replication, Verification verification, Verify mode, Clock clock, Duration limit)
        implements Step {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /** The applied position is noted a moment after its checkpoint has completed. */
    private static final int LOOKS_A_CHECKPOINT = 10;

    @Override
    public StepName name() {
        return StepName.DRAIN;
    }

    @Override
    public String plan() {
        return "until everything up to that position is in IoTDB";
    }

    @Override
    public String tooLong() {
        return "try when fewer changes are under way, or raise cutover.drain_timeout";
    }

    @Override
    public String apply(Notes notes) throws Exception {
        BinlogPosition last = SlippedWrites.noted(notes.facts());
        verification.sourceStands(mode);
        while (!drained(last)) {
            Status status = replication.status();
            if (!status.running()) {
                throw NotSwitched.because(
                        "the CDC job ("
                                + status.where()
                                + ") ended while it was to drain"
                                + (status.problem() == null ? "" : ": " + status.problem())
                                + "; start it again with iotdb-migrate cdc");
            }
        }
        return "lag 0";
    }

    private boolean drained(BinlogPosition last) throws Exception {
        if (replication.drained(last)) {
            return true;
        }
        replication.checkpoint();
        for (int look = 0; look < LOOKS_A_CHECKPOINT; look++) {
            if (replication.drained(last)) {
                return true;
            }
            clock.sleep(BETWEEN_LOOKS);
        }
        return false;
    }
}
