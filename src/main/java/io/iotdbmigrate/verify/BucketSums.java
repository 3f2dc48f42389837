package io.iotdbmigrate.verify;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Locale;

/**
 * Per bucket, how many rows fell into it and the sum of their hashes. Sums, not xor: two equal
 * differences do not cancel. Not thread-safe.
 */
public final class BucketSums implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long[] first;
    private final long[] second;
    private final long[] rows;

    public BucketSums(int buckets) {
        first = new long[buckets];
        second = new long[buckets];
        rows = new long[buckets];
    }

    /** Adds a row by its hash. */
    public void add(int bucket, RowHash hash) {
        first[bucket] += hash.first();
        second[bucket] += hash.second();
        rows[bucket]++;
    }

    /** Adds what another reader of the same side has summed up. */
    public void add(BucketSums other) {
        for (int i = 0; i < rows.length; i++) {
            first[i] += other.first[i];
            second[i] += other.second[i];
            rows[i] += other.rows[i];
        }
    }

    /** Returns the buckets in which the two sides differ. */
    public BitSet differing(BucketSums other) {
        BitSet differing = new BitSet(rows.length);
        for (int i = 0; i < rows.length; i++) {
            if (first[i] != other.first[i]
                    || second[i] != other.second[i]
                    || rows[i] != other.rows[i]) {
                differing.set(i);
            }
        }
        return differing;
    }

    /** Returns the rows in all buckets. */
    public long rows() {
        long sum = 0;
        for (long count : rows) {
            sum += count;
        }
        return sum;
    }

    /** Returns one checksum over all buckets, 32 hexadecimal digits. */
    public String checksum() {
        long a = 0;
        long b = 0;
        for (int i = 0; i < rows.length; i++) {
            a += first[i];
            b += second[i];
        }
        return String.format(Locale.ROOT, "%016x%016x", a, b);
    }
}
