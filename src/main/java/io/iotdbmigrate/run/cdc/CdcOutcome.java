package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.model.ClusterAddress;
import java.util.Optional;

/** How a replication ended that did not fail, or that nobody waits for. */
public sealed interface CdcOutcome {

    /**
     * With a savepoint, from which the next one goes on.
     *
     * @param savepoint its URI, or that of its last checkpoint if it did not run; empty if it had
     *     none yet
     * @param requestedHere whether the stop came from this process
     */
    record Stopped(String savepoint, Optional<Applied> applied, boolean requestedHere)
            implements CdcOutcome {}

    /**
     * A remote cluster has the job.
     *
     * @param job its id in Flink
     */
    record Detached(ClusterAddress cluster, String job) implements CdcOutcome {}
}
