package io.iotdbmigrate.flink.launch;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.util.Optional;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedThrowable;

/** Why a job failed, in one sentence. */
final class JobFailure {
    private JobFailure() {}

    static UserException explain(Throwable failure) {
        ClassLoader loader = JobFailure.class.getClassLoader();
        Throwable cause =
                failure instanceof SerializedThrowable serialized
                        ? serialized.deserializeError(loader)
                        : failure;
        Optional<UserException> told =
                ExceptionUtils.findThrowable(cause, UserException.class)
                        .or(
                                () ->
                                        ExceptionUtils.findSerializedThrowable(
                                                cause, UserException.class, loader));
        return told.orElseGet(
                () ->
                        new UserException(
                                ExitCode.JOB_FAILED,
                                "the job failed: "
                                        + rootMessage(cause)
                                        + "; what is in IoTDB stays, start again to go on from the"
                                        + " last checkpoint",
                                cause));
    }

    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
