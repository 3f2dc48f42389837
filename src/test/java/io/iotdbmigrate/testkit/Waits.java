package io.iotdbmigrate.testkit;

import java.time.Duration;

/** Waits of the tests that are not a test's subject, kept short. */
public final class Waits {
    /** How often runs inside the test's process tell how far they are. */
    static final Duration PROGRESS = Duration.ofMillis(200);

    private Waits() {}
}
