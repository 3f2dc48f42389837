package io.iotdbmigrate.cutover;

import io.iotdbmigrate.cutover.CdcJob.Place;
import io.iotdbmigrate.cutover.CdcJob.Status;
import io.iotdbmigrate.model.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** A step that goes on if nothing stands in the way, and notes where the CDC job is. */
record PreflightStep(Preflight preflight, CdcJob replication, Clock clock, Duration limit)
        implements Step {
    private static final Duration FIRST_CHECKPOINT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

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
        List<Finding> findings = preflight.findings(awaitFirstCheckpoint());
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

    /** Waits for a job that began a moment ago, as behind a rehearsal. */
    private Status awaitFirstCheckpoint() throws Exception {
        Instant end = clock.now().plus(FIRST_CHECKPOINT);
        Status status = replication.status();
        while (status.running() && status.checkpointAge() == null && clock.now().isBefore(end)) {
            clock.sleep(BETWEEN_LOOKS);
            status = replication.status();
        }
        return status;
    }
}
