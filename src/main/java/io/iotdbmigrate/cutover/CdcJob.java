package io.iotdbmigrate.cutover;

import io.iotdbmigrate.model.BinlogPosition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The CDC job, wherever it runs. Every method answers to an interrupt of its thread within seconds.
 * After one that was interrupted the next may come on another thread.
 */
public interface CdcJob extends AutoCloseable {

    /** Returns how the job is now. */
    Status status() throws Exception;

    /**
     * Returns where the job is.
     *
     * @throws io.iotdbmigrate.model.UserException if there is none
     */
    Place place() throws Exception;

    /** Tells where a process that died has found the job. Called before anything else is asked. */
    void foundAt(Place place);

    /**
     * Tells whether everything up to a position is durably in IoTDB: the applied position has
     * passed every row event of a mapped table up to and including it.
     */
    boolean drained(BinlogPosition position) throws Exception;

    /** Takes a checkpoint now, which moves the applied position on, and waits for its end. */
    void checkpoint() throws Exception;

    /**
     * Stops the job.
     *
     * @return the savepoint's path
     */
    String stopWithSavepoint() throws Exception;

    /**
     * Has the job run again where it was, without waiting until it does. It goes on without a gap
     * from the newest savepoint or checkpoint it has left. A stop that was asked for and is still
     * under way comes to its end first. Does nothing if the job runs.
     */
    void resume() throws Exception;

    /** Returns when the job runs that {@link #resume} was called for. */
    void awaitRunning() throws Exception;

    @Override
    default void close() {}

    /**
     * Where a job is, as another process must know it to have the job run again.
     *
     * @param cluster {@code host:port} of the Flink cluster that runs it; null: a process of the
     *     tool does
     * @param savepoints URI of the folder that its savepoints go to; empty if that is not known
     */
    record Place(@Nullable String cluster, String savepoints) {}

    /**
     * The job's health.
     *
     * @param where for people, e.g. {@code process 4711 on db-host}
     * @param problem why a running job is not healthy, e.g. its last failure; null if it is
     * @param checkpointAge time since the last completed checkpoint; null if there was none
     * @param rejectedRows rows that could not be mapped since the job's first start
     */
    record Status(
            boolean running,
            String where,
            @Nullable String problem,
            @Nullable Duration checkpointAge,
            Lag lag,
            long rejectedRows) {}

    /**
     * How late the job is.
     *
     * @param events row events of mapped tables after the applied position
     * @param behind age of the oldest of them, for people; zero if there is none
     */
    record Lag(long events, Duration behind) {}
}
