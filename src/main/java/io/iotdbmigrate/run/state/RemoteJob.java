package io.iotdbmigrate.run.state;

import io.iotdbmigrate.flink.cluster.RemoteCluster;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;

/**
 * A job that an earlier call gave to a remote cluster, and that may still run there.
 *
 * @param command backfill or cdc
 * @param job its id in Flink
 */
public record RemoteJob(String command, ClusterAddress cluster, String job) {
    /**
     * Asks the cluster.
     *
     * @param remedy what to do if the cluster is gone for good
     * @throws UserException if it cannot be asked
     */
    public boolean runs(String remedy) throws Exception {
        try (RemoteCluster remote = RemoteCluster.connect(cluster)) {
            return !remote.client()
                    .getJobStatus(JobID.fromHexString(job))
                    .get()
                    .isGloballyTerminalState();
        } catch (ExecutionException e) {
            if (RemoteCluster.isUnknownJob(e)) {
                return false;
            }
            throw e;
        } catch (UserException e) {
            throw new UserException(
                    e.exitCode(),
                    "the "
                            + command
                            + " may still run as "
                            + this
                            + ", but that cannot be found out: "
                            + e.getMessage()
                            + "; if it is gone for good, "
                            + remedy,
                    e);
        }
    }

    /**
     * @param wanted the cluster of the present call, null for none
     * @throws UserException if the present call must not go on while this job runs
     */
    public void requireFollowable(@Nullable ClusterAddress wanted, boolean restart) {
        if (restart) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the "
                            + command
                            + " runs as "
                            + this
                            + "; end it before --restart: follow it with --remote "
                            + cluster
                            + " and press Ctrl-C");
        }
        if (!cluster.equals(wanted)) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the "
                            + command
                            + " runs as "
                            + this
                            + "; follow it with --remote "
                            + cluster
                            + ", or end it with iotdb-migrate stop");
        }
    }

    @Override
    public String toString() {
        return "job " + job + " on the Flink cluster at " + cluster;
    }
}
