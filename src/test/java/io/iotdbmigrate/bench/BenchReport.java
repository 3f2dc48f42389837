package io.iotdbmigrate.bench;

import java.util.List;

/** The outcome of the whole benchmark. */
record BenchReport(
        BenchKind kind,
        Machine machine,
        Versions versions,
        long rows,
        int rounds,
        List<Case> cases) {

    /** Below it, what a job costs before its first row outweighs the rows. */
    static final long ROWS_OF_TARGETS = 2_000_000;

    /**
     * One table.
     *
     * @param target the ratio must not be above it
     * @param targetToTree nor that to the tree above this, where the tree is measured, too
     */
    record Case(Measurements measured, double target, double targetToTree) {
        private boolean isReached() {
            return measured.ratioToTree().orElse(0) <= targetToTree
                    && (measured.readings().model() == BenchModel.TABLE
                            || measured.ratio() <= target);
        }
    }

    /** Whether a ratio is good enough. */
    enum Verdict {
        PASS,
        FAIL,
        NO_TARGET
    }

    BenchReport {
        cases = List.copyOf(cases);
    }

    Verdict verdict(Case each) {
        if (rows < ROWS_OF_TARGETS) {
            return Verdict.NO_TARGET;
        }
        return each.isReached() ? Verdict.PASS : Verdict.FAIL;
    }
}
