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
     */
    record Case(Measurements measured, double target) {}

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
        return each.measured().ratio() <= each.target() ? Verdict.PASS : Verdict.FAIL;
    }
}
