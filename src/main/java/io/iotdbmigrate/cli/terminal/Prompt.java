package io.iotdbmigrate.cli.terminal;

import java.util.Optional;

/** A person at the keyboard. Thread-safe. */
@FunctionalInterface
public interface Prompt {

    /** Waits for a line; empty if there will be none. */
    Optional<String> readLine() throws InterruptedException;
}
