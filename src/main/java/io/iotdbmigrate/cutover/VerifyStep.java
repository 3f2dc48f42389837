package io.iotdbmigrate.cutover;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import java.time.Duration;
import java.util.Locale;

/** A step that compares contents while nothing moves. */
record VerifyStep(Verification verification, Binlog binlog, Verify mode, Duration limit)
        implements Step {
    @Override
    public StepName name() {
        return StepName.VERIFY;
    }

    @Override
    public String plan() {
        return switch (mode) {
            case RECENT -> "recent: what changed since the last full verify, and all counts";
            case FULL -> "full: every value";
            case COUNTS -> "counts: the rows of each device";
            case NONE -> "nothing: cutover.verify is none";
        };
    }

    @Override
    public String tooLong() {
        return "run a full iotdb-migrate verify shortly before, or choose a smaller cutover.verify";
    }

    @Override
    public String apply(Notes notes) throws Exception {
        if (mode == Verify.NONE) {
            return "not done: cutover.verify is none";
        }
        Verified result = verification.run(mode);
        notes.add(facts -> facts.verified(result));
        new SlippedWrites(binlog).requireNone(SlippedWrites.noted(notes.facts()));
        if (!result.equal()) {
            throw NotSwitched.because(
                    "MySQL and IoTDB differ: "
                            + result.differences().stream().findFirst().orElse("see the report")
                            + (result.differences().size() > 1
                                    ? " and " + (result.differences().size() - 1) + " more"
                                    : "")
                            + "; iotdb-migrate verify shows them, verify --repair mends them");
        }
        return String.format(
                Locale.ROOT,
                "%s: equal, %,d rows in %d %s",
                mode.name().toLowerCase(Locale.ROOT),
                result.rows(),
                result.tables().size(),
                result.tables().size() == 1 ? "table" : "tables");
    }
}
