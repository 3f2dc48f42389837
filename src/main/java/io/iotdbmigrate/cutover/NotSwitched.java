package io.iotdbmigrate.cutover;

import io.iotdbmigrate.model.Causes;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;

/** Why a cutover does not go on, as one sentence. */
final class NotSwitched {
    private NotSwitched() {}

    static UserException because(String sentence) {
        return new UserException(ExitCode.NOT_SWITCHED, sentence);
    }

    /** Returns what failed, for people. */
    static String sentence(Throwable failure) {
        if (failure instanceof UserException
                || failure instanceof TimeLimiter.LimitException
                || failure instanceof TimeLimiter.StopException) {
            return failure.getMessage();
        }
        return Causes.message(failure);
    }
}
