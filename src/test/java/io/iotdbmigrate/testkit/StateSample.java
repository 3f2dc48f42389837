package io.iotdbmigrate.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Committed pieces of checkpoints, a folder for each version of their form. */
public final class StateSample {
    private StateSample() {}

    /** Reads one, e.g. {@code v2/split.bin}. */
    public static byte[] read(String name) throws IOException {
        try (InputStream sample = StateSample.class.getResourceAsStream("/state/" + name)) {
            return Objects.requireNonNull(sample, name).readAllBytes();
        }
    }
}
