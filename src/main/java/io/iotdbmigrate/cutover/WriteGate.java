package io.iotdbmigrate.cutover;

import io.iotdbmigrate.model.Finding;
import java.util.List;
import java.util.Map;

/**
 * A gate that keeps the application from writing to MySQL. After a {@link #pause} that was
 * interrupted, {@link #resume} may come on another thread while the former still waits for the
 * server.
 */
public interface WriteGate extends AutoCloseable {

    /** Returns what it does, as the object of "pause writes with": e.g. {@code read_only}. */
    String describe();

    /** Tells whether it can work: grants, files, a person. */
    List<Finding> findings() throws Exception;

    /**
     * Returns what {@link #pause} is going to change, as it is now. Never empty; it goes into the
     * journal before anything is changed.
     */
    Map<String, String> former() throws Exception;

    /** Pauses writes. Pausing what is paused changes nothing. */
    void pause(Map<String, String> former) throws Exception;

    /** Tells whether writes are paused by this gate, also if another process of the tool did it. */
    boolean holds(Map<String, String> former) throws Exception;

    /** Makes everything as it was, whether or not {@link #pause} came to its end. */
    void resume(Map<String, String> former) throws Exception;

    /** Lists sessions, besides our own, that have written or are about to. */
    List<OpenWriter> openWriters() throws Exception;

    /** Returns what a person does in place of {@link #resume}. */
    String resumeByHand(Map<String, String> former);

    /** Returns what becomes of the pause when the process ends after a switch. */
    String afterTheSwitch();

    @Override
    default void close() {}

    /**
     * A session that still may write.
     *
     * @param id of the connection, for {@code KILL}
     * @param doing its statement, or that its transaction is open
     */
    record OpenWriter(long id, String user, String host, String doing) {
        @Override
        public String toString() {
            return "connection " + id + " of " + user + " from " + host + ": " + doing;
        }
    }
}
