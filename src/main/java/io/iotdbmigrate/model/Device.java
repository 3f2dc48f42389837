package io.iotdbmigrate.model;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An IoTDB device by its full path, ready quoted, and a well-mixed hash of it that is the same in
 * every JVM.
 */
public record Device(String path, long hash) implements Serializable {

    public static Device of(String path) {
        long h = 0xcbf29ce484222325L;
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xff)) * 0x100000001b3L;
        }
        return new Device(path, mix(h));
    }

    /** Returns the same as a record's own, without comparing the texts of paths that differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Device device
                        && hash == device.hash
                        && path.equals(device.path));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    /** Returns the hash of (device, time), 64 well-mixed bits. */
    public long keyHash(long time) {
        return mix(hash ^ (time * 0x9e3779b97f4a7c15L));
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
