package io.iotdbmigrate.cutover;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Executables of the user's that take part. */
public interface Hooks {

    /** Returns why a path cannot be run, e.g. {@code does not exist}; empty if it can. */
    Optional<String> problem(String path);

    /**
     * Runs it to its end.
     *
     * @param name for messages and the log: {@code pause}, {@code resume}, {@code switch}
     * @param environment in addition to that of this process
     * @param limit after which it is killed, its children too
     * @throws io.iotdbmigrate.model.UserException if it cannot be started, takes too long or exits
     *     with anything but 0
     * @throws InterruptedException after it was killed
     */
    void run(String name, String path, Map<String, String> environment, Duration limit)
            throws InterruptedException;
}
