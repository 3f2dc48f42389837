package io.iotdbmigrate.flink.cluster;

import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.Causes;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedThrowable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a job failed, in one sentence. */
public final class JobFailure {
    private static final Logger LOG = LoggerFactory.getLogger(JobFailure.class);

    private JobFailure() {}

    /**
     * Describes what the cluster has kept of a job that ended otherwise than it should; is logged
     * here.
     */
    public static Throwable of(RestClusterClient<?> client, JobID job, JobStatus status)
            throws ExecutionException, InterruptedException {
        Throwable failure =
                client.requestJobResult(job)
                        .get()
                        .getSerializedThrowable()
                        .map(Throwable.class::cast)
                        .orElseGet(() -> new IOException("the job is " + status));
        LOG.error("the job failed", failure);
        return failure;
    }

    public static UserException explain(Throwable failure) {
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
                                        + ExceptionUtils.findThrowable(cause, AwayException.class)
                                                .map(AwayException::getMessage)
                                                .orElseGet(() -> Causes.message(cause))
                                        + "; what is in IoTDB stays, start again to go on from the"
                                        + " last checkpoint",
                                cause));
    }
}
