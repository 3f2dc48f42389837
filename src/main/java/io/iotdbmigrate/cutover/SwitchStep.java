package io.iotdbmigrate.cutover;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step that has the application use IoTDB: by its hook, or by the person at the terminal. */
record SwitchStep(
        @Nullable String hook,
        Hooks hooks,
        Map<String, String> environment,
        Person person,
        WriteGate gate,
        Binlog binlog,
        Duration hookLimit)
        implements Step {
    private static final Duration TO_END_THE_HOOK = Duration.ofSeconds(30);
    private static final Duration PERSON = Duration.ofHours(1);

    @Override
    public StepName name() {
        return StepName.SWITCH;
    }

    @Override
    public String plan() {
        return hook == null ? "ask you to switch the application" : "run " + hook;
    }

    /** Returns no limit: the hook ends at its own limit, so that it is known how it ended. */
    @Override
    public Duration limit() {
        return hook == null ? PERSON : hookLimit.plus(TO_END_THE_HOOK);
    }

    /** Returns false. A hook that is killed half way is the worst of all ends. */
    @Override
    public boolean stoppable() {
        return hook == null;
    }

    @Override
    public String apply(Notes notes) throws Exception {
        Facts facts = notes.facts();
        if (!gate.holds(facts.former())) {
            throw NotSwitched.because(
                    "writes are no longer paused with "
                            + gate.describe()
                            + ": MySQL was restarted, or someone let them go on; try again");
        }
        new SlippedWrites(binlog).requireNone(SlippedWrites.noted(facts));
        if (hook != null) {
            HookEnvironment all = new HookEnvironment(environment).with(facts);
            hooks.run("switch", hook, all.variables(), hookLimit);
            return hook;
        }
        if (!person.agrees("switch the application to IoTDB now; has it been switched?")) {
            throw NotSwitched.because("the application was not switched");
        }
        return "confirmed by " + Operator.current().user();
    }
}
