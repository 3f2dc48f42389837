package io.iotdbmigrate.run.status;

import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.model.AwaitedServer;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.run.state.RunningJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a migration stands.
 *
 * @param job the job of this state folder, or of the cluster that was named, if one runs
 * @param backfill the last finished backfill of all tables
 * @param applied how far the replication has come
 * @param head where MySQL's binlog ends
 * @param lagEvents row events of mapped tables that are not in IoTDB; at most {@link #MOST_EVENTS}
 *     are counted, and none if nothing was applied yet
 * @param switchedAt when the application was switched to IoTDB
 */
public record MigrationStatus(
        String name,
        Optional<Job> job,
        Optional<BackfillJournal.Finished> backfill,
        Optional<Applied> applied,
        BinlogPosition head,
        OptionalLong lagEvents,
        Optional<Instant> switchedAt) {
    /** Tells whether a replication runs now, so that what happens next will be applied. */
    public boolean follows() {
        return job.filter(j -> j.running().command().equals("cdc") && j.state().equals("RUNNING"))
                .isPresent();
    }

    /** Returns the same with another rate of its job, if it has one. */
    public MigrationStatus withRate(long eventsPerSecond) {
        return new MigrationStatus(
                name,
                job.map(j -> j.withRate(eventsPerSecond)),
                backfill,
                applied,
                head,
                lagEvents,
                switchedAt);
    }

    /** State of a job that the cluster does not know any more. */
    public static final String GONE = "GONE";

    /** Counting stops here. */
    public static final long MOST_EVENTS = 100_000;

    /**
     * Why a job restarted.
     *
     * @param sentence without the name of a class
     * @param times how often in a row, as far as the cluster has kept it
     */
    public record Failure(String sentence, int times) {}

    /**
     * A running job.
     *
     * @param state Flink's word, e.g. RUNNING; UNREACHABLE if its REST address does not answer,
     *     {@link #GONE} if it knows nothing of it
     * @param events row events read; of a backfill: rows
     * @param eventsPerSecond row events read in a second, measured over about one; of a backfill:
     *     rows
     * @param lag from the last event's execution until it was read
     * @param failure why it restarted last
     * @param awaited a server that has not answered for long
     */
    public record Job(
            RunningJob running,
            String state,
            long events,
            long eventsPerSecond,
            Duration lag,
            Optional<Instant> lastCheckpoint,
            long restarts,
            Optional<Failure> failure,
            Optional<AwaitedServer> awaited,
            long rejected) {
        Job withRate(long rate) {
            return new Job(
                    running,
                    state,
                    events,
                    rate,
                    lag,
                    lastCheckpoint,
                    restarts,
                    failure,
                    awaited,
                    rejected);
        }
    }
}
