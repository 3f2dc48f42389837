package io.iotdbmigrate.cutover;

import io.iotdbmigrate.cutover.CdcJob.Place;
import io.iotdbmigrate.model.Finding;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A step that goes on if nothing stands in the way, and notes where the CDC job is. */
record PreflightStep(Preflight preflight, CdcJob replication, Duration limit) implements Step {
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
        Place place = replication.place();
        notes.add(facts -> facts.foundAt(place));
        return "nothing stands in the way";
    }
}
