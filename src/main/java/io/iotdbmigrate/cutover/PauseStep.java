package io.iotdbmigrate.cutover;

import io.iotdbmigrate.cutover.WriteGate.OpenWriter;
import java.time.Duration;
import java.util.Map;

/**
 * A step that keeps the application from writing to MySQL; the former state is in the journal
 * first.
 */
record PauseStep(WriteGate gate, Clock clock, Duration limit) implements Step {
    @Override
    public StepName name() {
        return StepName.PAUSE;
    }

    @Override
    public String plan() {
        return "with " + gate.describe();
    }

    @Override
    public String tooLong() {
        return "something holds the tables or the server; look at SHOW PROCESSLIST for long"
                + " transactions and backups";
    }

    @Override
    public String apply(Notes notes) throws Exception {
        Map<String, String> former = gate.former();
        notes.addNow(facts -> facts.pausing(former, clock.now()));
        gate.pause(former);
        listOpenWriters(notes);
        return gate.describe();
    }

    /**
     * Lists them where it can. That they cannot be listed is no reason to stop: their writes would
     * be detected.
     */
    private void listOpenWriters(Notes notes) throws InterruptedException {
        try {
            for (OpenWriter writer : gate.openWriters()) {
                notes.remark("still open after the pause: " + writer);
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            notes.remark(
                    "sessions that are still open cannot be listed ("
                            + NotSwitched.sentence(e)
                            + ")");
        }
    }

    @Override
    public void undo(Notes notes) throws Exception {
        Map<String, String> former = notes.facts().former();
        if (!former.isEmpty()) {
            gate.resume(former);
            notes.add(facts -> facts.resumed(clock.now()));
        }
    }

    @Override
    public boolean holds(Notes notes) throws Exception {
        return gate.holds(notes.facts().former());
    }

    @Override
    public String byHand(Facts facts) {
        return facts.former().isEmpty() ? "nothing" : gate.resumeByHand(facts.former());
    }
}
