package io.iotdbmigrate.cutover;

/** A lock that lets one process at a time work at a cutover of this migration, wherever it runs. */
@FunctionalInterface
public interface CutoverLock {

    /**
     * Takes the lock; a process that dies lets go by itself.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 8, if another process has it
     */
    Held take() throws Exception;

    /** The lock until closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
