package io.iotdbmigrate.flink.launch;

/** Told what a replication is doing. Called on one thread. */
public interface CdcListener {
    /** Where it begins, in words, before the job starts. */
    void starting(String from);

    /** About every second while the job runs. */
    void progress(CdcProgress progress);

    /** Something a person should know, once. */
    void note(String sentence);

    /** Whether to stop with a savepoint. */
    boolean stopRequested();
}
