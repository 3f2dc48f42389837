package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.flink.backfill.KeyFiles.KeyFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The hashes that occur more than once in the key files of a table, a slice of the hash space at a
 * time.
 */
final class RepeatedHashes {
    /** Hashes in memory at a time: 16 MB, twice that while they are sorted. */
    private static final long SLICE = 2_000_000;

    private RepeatedHashes() {}

    /** A growing array of hashes. */
    static final class Hashes {
        private long[] values = new long[1024];
        private int size;

        private void add(long hash) {
            reserve(1);
            values[size++] = hash;
        }

        private void addAll(long[] hashes) {
            reserve(hashes.length);
            System.arraycopy(hashes, 0, values, size, hashes.length);
            size += hashes.length;
        }

        private void reserve(int more) {
            if (size + more > values.length) {
                values = Arrays.copyOf(values, Math.max(size + more, values.length * 2));
            }
        }

        /** Adds those that occur more than once, each once; these here are sorted. */
        private void addRepeatedTo(Hashes repeated) {
            for (int i = 1; i < size; i++) {
                boolean first = i == 1 || values[i - 1] != values[i - 2];
                if (values[i] == values[i - 1] && first) {
                    repeated.add(values[i]);
                }
            }
        }

        int size() {
            return size;
        }

        long get(int index) {
            return values[index];
        }

        boolean contains(long hash) {
            return Arrays.binarySearch(values, 0, size, hash) >= 0;
        }

        private void clear() {
            size = 0;
        }
    }

    /** Returns the repeated hashes, ascending, each once. */
    static Hashes find(List<KeyFile> files) throws IOException {
        long total = files.stream().mapToLong(KeyFile::hashes).sum();
        int slices = (int) (total / SLICE) + 1;
        Hashes repeated = new Hashes();
        Hashes slice = new Hashes();
        HashSort sort = new HashSort();
        for (int i = 0; i < slices; i++) {
            slice.clear();
            for (KeyFile file : files) {
                slice.addAll(KeyFiles.read(file, edge(i, slices), edge(i + 1, slices) - 1));
            }
            sort.sort(slice.values, slice.size);
            slice.addRepeatedTo(repeated);
        }
        return repeated;
    }

    /**
     * Returns the edge of a part. The hash space is cut into equal parts; the edge behind the last
     * wraps around.
     */
    private static long edge(int index, int slices) {
        return index == slices
                ? Long.MIN_VALUE
                : Long.MIN_VALUE + Long.divideUnsigned(-1L, slices) * index;
    }

    /** Returns the files that hold any of these hashes. */
    static List<KeyFile> holding(List<KeyFile> files, Hashes hashes, int from, int to)
            throws IOException {
        List<KeyFile> holding = new ArrayList<>();
        for (KeyFile file : files) {
            long[] near = KeyFiles.read(file, hashes.get(from), hashes.get(to - 1));
            if (Arrays.stream(near)
                    .anyMatch(hash -> Arrays.binarySearch(hashes.values, from, to, hash) >= 0)) {
                holding.add(file);
            }
        }
        return holding;
    }
}
