package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.model.AwaitedServer;
import java.util.Optional;

/**
 * How a running replication stands.
 *
 * @param state Flink's word for the job, e.g. RUNNING
 * @param events row events read since the job first began
 * @param rejected rows that could not be mapped, since then
 * @param readDelayMillis from the last event's execution until it was read
 * @param applied as of the last checkpoint
 * @param awaited a server that has not answered for long
 */
public record CdcProgress(
        String state,
        long events,
        long rejected,
        long readDelayMillis,
        Optional<Applied> applied,
        Optional<AwaitedServer> awaited) {

    /** Returns the same as if no event had been read yet. */
    public CdcProgress withoutReadDelay() {
        return new CdcProgress(state, events, rejected, 0, applied, awaited);
    }
}
