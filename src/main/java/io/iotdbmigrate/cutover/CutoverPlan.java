package io.iotdbmigrate.cutover;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.time.Duration;
import java.util.List;

/** What a cutover would do, and what stands in its way. */
public record CutoverPlan(List<Planned> steps, List<Finding> findings) {

    /**
     * One step.
     *
     * @param limit after which it fails
     */
    public record Planned(StepName step, String what, Duration limit) {}

    public CutoverPlan {
        steps = List.copyOf(steps);
        findings = List.copyOf(findings);
    }

    public boolean ready() {
        return findings.stream().noneMatch(f -> f.severity() == Finding.Severity.ERROR);
    }

    public ExitCode exitCode() {
        return ready() ? ExitCode.DONE : ExitCode.NOT_SWITCHED;
    }
}
