package io.iotdbmigrate.bench;

import java.util.Locale;

/** What a plain read prints. The digest is of all values, so that none can be left out. */
final class RawRows {
    private final long start = System.nanoTime();
    private long rows;
    private long digest;

    void add(long digestOfRow) {
        digest = digest * 31 + digestOfRow;
        rows++;
    }

    /** With the seconds since this object was made. */
    void print() {
        System.out.printf(
                Locale.ROOT,
                "{\"seconds\": %.3f, \"rows\": %d, \"digest\": %d}%n",
                (System.nanoTime() - start) / 1e9,
                rows,
                digest);
    }
}
