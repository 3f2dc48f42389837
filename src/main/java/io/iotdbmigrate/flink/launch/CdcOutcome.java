package io.iotdbmigrate.flink.launch;

import io.iotdbmigrate.flink.CdcJournal.Applied;
import java.util.Optional;

/**
 * How a replication ended: with a savepoint, from which the next one goes on.
 *
 * @param savepoint its URI
 * @param requestedHere whether the stop came from this process
 */
public record CdcOutcome(String savepoint, Optional<Applied> applied, boolean requestedHere) {}
