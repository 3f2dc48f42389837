package io.iotdbmigrate.testkit;

import java.time.Duration;

/** Waits of the tests that are not a test's subject, kept short. */
public final class Waits {
    /** How often runs inside the test's process tell how far they are. */
    static final Duration PROGRESS = Duration.ofMillis(200);

    /** How long a job that restarts is asked for a savepoint. */
    static final Duration RESTARTING = Duration.ofSeconds(2);

    /** How long a server is away before it is started again. */
    public static final long OUTAGE_SECONDS = Boolean.getBoolean("iotdbmigrate.long") ? 20 : 5;

    private Waits() {}
}
