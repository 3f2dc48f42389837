package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.run.cdc.CdcListener;
import io.iotdbmigrate.run.cdc.CdcOutcome;
import io.iotdbmigrate.run.cdc.CdcRun;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.StoppedJob;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service that follows MySQL's binlog, and says how that stands. */
public interface CdcService {

    /** Tells whether the history has to be copied before. */
    boolean needsBackfill(MigrationConfig config, StateFolder state) throws Exception;

    /** Replicates until it is stopped. */
    CdcOutcome run(
            MigrationConfig config, StateFolder state, CdcRun.Options options, CdcListener listener)
            throws Exception;

    /**
     * @param cluster where to look for a job that the state folder does not know of
     */
    MigrationStatus status(
            MigrationConfig config, StateFolder state, @Nullable ClusterAddress cluster)
            throws Exception;

    /**
     * Stops the job of another process or cluster.
     *
     * @param cluster where to look for a job that the state folder does not know of
     * @return empty if there is none
     */
    Optional<StoppedJob> stop(
            MigrationConfig config, StateFolder state, @Nullable ClusterAddress cluster)
            throws Exception;
}
