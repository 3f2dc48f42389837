package io.iotdbmigrate.cutover;

import java.time.Duration;

/** A step that goes on if a person, or the command line, says yes. */
record ConfirmStep(Person person, boolean yes, String question, Duration limit) implements Step {
    @Override
    public StepName name() {
        return StepName.CONFIRM;
    }

    @Override
    public String plan() {
        return yes ? "--yes" : "ask for a yes";
    }

    @Override
    public String tooLong() {
        return "answer sooner, or use --yes";
    }

    @Override
    public String apply(Notes notes) throws InterruptedException {
        if (yes) {
            return "--yes";
        }
        if (!person.isThere()) {
            throw NotSwitched.because("nobody is there to confirm; use --yes");
        }
        if (!person.agrees(question)) {
            throw NotSwitched.because("it was not confirmed");
        }
        return "yes";
    }
}
