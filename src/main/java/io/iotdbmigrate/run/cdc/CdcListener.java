package io.iotdbmigrate.run.cdc;

import java.time.Duration;

/** Told what a replication is doing. Called on one thread. */
public interface CdcListener {
    /** Where it begins, in words, before the job starts. */
    void starting(String from);

    /** About as often as {@link #progressInterval} says, while the job runs. */
    void progress(CdcProgress progress);

    /** How often progress is of use: a job is asked for it no more often, which it would feel. */
    Duration progressInterval();

    /** How often a position in the progress is of use: IoTDB is asked for it no more often. */
    default Duration positionInterval() {
        return Duration.ofSeconds(5);
    }

    /** Something a person should know, once. */
    void note(String sentence);

    /** Whether to stop with a savepoint. */
    boolean stopRequested();
}
