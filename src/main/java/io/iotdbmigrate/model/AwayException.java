package io.iotdbmigrate.model;

import java.io.IOException;

/**
 * A server that was away or busy for longer than the retries last. Inside a job it is a reason to
 * restart. Where a command was asked for, its message is the sentence for the user.
 */
public final class AwayException extends IOException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * @param exitCode that of the server
     * @param message one sentence with the remedy
     */
    public AwayException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /**
     * @param exitCode that of the server
     * @param message one sentence with the remedy
     */
    public AwayException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
