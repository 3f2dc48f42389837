package io.iotdbmigrate.cutover;

import java.time.Duration;
import java.time.Instant;

/** Time, which tests let run as they like. */
public interface Clock {
    Instant now();

    void sleep(Duration duration) throws InterruptedException;

    /** Returns the machine's. */
    static Clock system() {
        return new Clock() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis());
            }
        };
    }
}
