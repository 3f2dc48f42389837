package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.run.status.MigrationStatus;
import java.time.Instant;

/**
 * A look at a replication, in figures.
 *
 * @param lag events that are not in IoTDB yet; -1 if that is not known
 * @param rate events a second
 * @param resumed whether a server was away before it
 */
public record StatusSample(Instant at, long lag, long rate, boolean resumed) {

    public static StatusSample of(MigrationStatus status, Instant at, boolean resumed) {
        return new StatusSample(
                at,
                status.lagEvents().orElse(-1),
                status.job().map(MigrationStatus.Job::eventsPerSecond).orElse(0L),
                resumed);
    }
}
