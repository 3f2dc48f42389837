package io.iotdbmigrate.cutover;

import io.iotdbmigrate.model.Finding;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Goes on if nothing stands in the way. */
record PreflightStep(Preflight preflight, Duration limit) implements Step {
    @Override
    public StepName name() {
        return StepName.PREFLIGHT;
    }

    @Override
    public String plan() {
        return "CDC healthy and in step, last verify equal, hooks and grants there";
    }

    @Override
    public String apply(Notes notes) throws Exception {
        List<Finding> findings = preflight.findings();
        String errors =
                findings.stream()
                        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                        .map(Finding::sentence)
                        .collect(Collectors.joining("; "));
        if (!errors.isEmpty()) {
            throw NotSwitched.because(errors);
        }
        findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.WARNING)
                .map(Finding::sentence)
                .forEach(notes::remark);
        return "nothing stands in the way";
    }
}
