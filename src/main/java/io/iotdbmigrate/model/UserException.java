package io.iotdbmigrate.model;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.jspecify.annotations.Nullable;

/**
 * A failure the user can do something about. Its message is one sentence that names the setting or
 * row, the value and the remedy; it is printed as it is, without a stack trace. Everything else
 * that is thrown is a bug.
 *
 * <p>No retry mends it: Flink ends a job at once where one is thrown, wherever in the job that is,
 * as the annotation asks. What may pass by itself is thrown as another exception inside a job.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public UserException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    public UserException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
