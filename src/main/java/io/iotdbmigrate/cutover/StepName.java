package io.iotdbmigrate.cutover;

/** The steps in their order. */
public enum StepName {
    PREFLIGHT("preflight"),
    CONFIRM("confirm"),
    PREPARE("compare beforehand"),
    PAUSE("pause writes"),
    POSITION("note the final position"),
    DRAIN("drain"),
    VERIFY("verify"),
    STOP("stop CDC with a savepoint"),
    SWITCH("switch");

    private final String label;

    StepName(String label) {
        this.label = label;
    }

    /** Returns the name for people. */
    public String label() {
        return label;
    }
}
