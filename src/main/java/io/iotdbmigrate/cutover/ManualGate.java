package io.iotdbmigrate.cutover;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.util.List;
import java.util.Map;

/** {@code pause: manual}: the person at the terminal stops the application's writes. */
public final class ManualGate implements WriteGate {
    private static final String AGAIN = "let the application write to MySQL again";

    private final Person person;
    private final WriterList writers;

    public ManualGate(Person person, WriterList writers) {
        this.person = person;
        this.writers = writers;
    }

    @Override
    public String describe() {
        return "your own hands";
    }

    @Override
    public List<Finding> findings() {
        return person.isThere()
                ? List.of()
                : List.of(
                        Finding.error(
                                ExitCode.NOT_SWITCHED,
                                "cutover.pause",
                                "is manual, and nobody is there to pause writes",
                                "run it at a terminal, or choose another pause"));
    }

    @Override
    public Map<String, String> former() {
        return Map.of("paused_by", "a person");
    }

    @Override
    public void pause(Map<String, String> former) throws InterruptedException {
        if (!person.agrees("stop the application's writes to MySQL now; are they stopped?")) {
            throw NotSwitched.because("writes were not paused");
        }
    }

    /** Returns true. Should it no longer, the binlog will tell. */
    @Override
    public boolean holds(Map<String, String> former) {
        return true;
    }

    @Override
    public void resume(Map<String, String> former) {
        person.tell("now " + AGAIN);
    }

    @Override
    public List<OpenWriter> openWriters() throws Exception {
        return writers.now();
    }

    @Override
    public String resumeByHand(Map<String, String> former) {
        return AGAIN;
    }

    @Override
    public String afterTheSwitch() {
        return "keep the application from writing to MySQL";
    }
}
