package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.launch.CdcListener;
import io.iotdbmigrate.flink.launch.CdcOutcome;
import io.iotdbmigrate.flink.launch.MigrationStatus;
import io.iotdbmigrate.flink.launch.StateFolder;
import java.util.Optional;

/** Follows MySQL's binlog, and says how that stands. */
public interface Replications {

    /** Whether the history has to be copied before. */
    boolean needsBackfill(MigrationConfig config, StateFolder state) throws Exception;

    /** Replicates until it is stopped. */
    CdcOutcome run(MigrationConfig config, StateFolder state, boolean afresh, CdcListener listener)
            throws Exception;

    MigrationStatus status(MigrationConfig config, StateFolder state) throws Exception;

    /** Stops the replication of another process; empty if there is none. */
    Optional<String> stop(StateFolder state) throws Exception;
}
