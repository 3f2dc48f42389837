package io.iotdbmigrate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a user is told instead of getting what they asked for. */
public final class Refusals {
    private Refusals() {}

    /**
     * It ends with a sentence for the user and this exit code; in a job's task without a restart.
     */
    public static AbstractThrowableAssert<?, ?> assertRefused(
            ExitCode code, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        return assertThat(thrown instanceof SuppressRestartsException ? thrown.getCause() : thrown)
                .isInstanceOfSatisfying(
                        UserException.class, e -> assertThat(e.exitCode()).isEqualTo(code));
    }
}
