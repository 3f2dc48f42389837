package io.iotdbmigrate.cutover;

import io.iotdbmigrate.model.ExitCode;

/** How a run of the command ended. */
public enum Ending {
    SWITCHED(ExitCode.DONE),
    /** Everything but the switch worked, and is undone. */
    REHEARSED(ExitCode.DONE),
    /** Undone because a person wanted it. */
    ABORTED(ExitCode.DONE),
    /** Undone because something failed. */
    UNDONE(ExitCode.NOT_SWITCHED),
    NEEDS_PERSON(ExitCode.NEEDS_PERSON);

    private final ExitCode exitCode;

    Ending(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
