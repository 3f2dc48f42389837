package io.iotdbmigrate.flink.cluster;

import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;

/** The end of a job that has nothing to save. */
public final class Cancellation {
    private Cancellation() {}

    /**
     * Cancels a job. One that has ended by itself meanwhile is left as it is.
     *
     * @throws ExecutionException if the cluster does not answer, or does not know the job
     */
    public static void cancel(RestClusterClient<?> client, JobID job)
            throws ExecutionException, InterruptedException {
        try {
            client.cancel(job).get();
        } catch (ExecutionException e) {
            if (!client.getJobStatus(job).get().isGloballyTerminalState()) {
                throw e;
            }
        }
    }
}
