package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.Device;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which rows are compared.
 *
 * @param devices paths, in which {@code *} stands for any characters; empty means all
 * @param since first time, in the server's unit
 * @param until first time that is no longer compared, in the server's unit
 * @param samplePercent of the devices, above 0 and up to 100
 */
public record Scope(List<String> devices, long since, long until, double samplePercent)
        implements Serializable {
    private static final long PARTS = 1_000_000;
    private static final double ALL = 100.0;

    public static final Scope EVERYTHING =
            new Scope(List.of(), Long.MIN_VALUE, Long.MAX_VALUE, ALL);

    public Scope {
        devices = List.copyOf(devices);
        if (!(samplePercent > 0 && samplePercent <= ALL)) {
            throw new IllegalArgumentException("sample of " + samplePercent + " percent");
        }
    }

    /** Decides for rows; patterns are compiled once. */
    public Filter filter() {
        return new Filter(this);
    }

    /** Returns the last time that is compared. */
    public long last() {
        return until == Long.MAX_VALUE ? until : until - 1;
    }

    /**
     * Tells whether a time is inside. Time {@link Long#MAX_VALUE} belongs to a scope without an
     * end.
     */
    public boolean holds(long time) {
        return time >= since && (time < until || until == Long.MAX_VALUE);
    }

    /** A scope ready for use. Thread-safe. */
    public static final class Filter {
        private final Scope scope;
        private final List<Pattern> patterns;

        private Filter(Scope scope) {
            this.scope = scope;
            this.patterns = scope.devices.stream().map(Filter::pattern).toList();
        }

        private static Pattern pattern(String device) {
            return Pattern.compile(
                    List.of(device.split("\\*", -1)).stream()
                            .map(Pattern::quote)
                            .collect(Collectors.joining(".*")),
                    Pattern.DOTALL);
        }

        public boolean holds(long time) {
            return scope.holds(time);
        }

        /**
         * Tells whether a device is named, by its path, or by its path without backticks, as a
         * server may write it.
         */
        private boolean named(String path) {
            String bare = path.replace("`", "");
            return patterns.stream()
                    .anyMatch(p -> p.matcher(path).matches() || p.matcher(bare).matches());
        }

        /** Tells whether a device is in the sample. The same devices are in a sample every time. */
        public boolean holds(Device device) {
            return (scope.samplePercent == ALL
                            || Long.remainderUnsigned(device.hash(), PARTS)
                                    < scope.samplePercent / ALL * PARTS)
                    && (patterns.isEmpty() || named(device.path()));
        }
    }
}
