package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.flink.cluster.StopWithSavepoint;
import java.time.Duration;

/** Told what a replication is doing. Called on one thread. */
public interface CdcListener {
    /** Tells where it begins, in words, before the job starts. */
    void starting(String from);

    /**
     * Tells how far it is, about as often as {@link #progressInterval} says, while the job runs.
     */
    void progress(CdcProgress progress);

    /**
     * Returns how often progress is of use: a job is asked for it no more often, which it would
     * feel.
     */
    Duration progressInterval();

    /**
     * Returns how often a position in the progress is of use: IoTDB is asked for it no more often.
     */
    default Duration positionInterval() {
        return Duration.ofSeconds(5);
    }

    /** Returns for how long a job that is to stop and does not run is asked for a savepoint. */
    default Duration stopPatience() {
        return StopWithSavepoint.PATIENCE;
    }

    /** Tells something a person should know, once. */
    void note(String sentence);

    /** Tells whether to stop with a savepoint. */
    boolean stopRequested();
}
