package io.iotdbmigrate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a user is told instead of getting what they asked for. */
public final class Refusals {
    private Refusals() {}

    /** It ends with a sentence for the user and this exit code. */
    public static AbstractThrowableAssert<?, ?> assertRefused(
            ExitCode code, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        UserException.class, e -> assertThat(e.exitCode()).isEqualTo(code));
    }
}
