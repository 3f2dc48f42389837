package io.iotdbmigrate.flink.sink;

import io.iotdbmigrate.flink.KeyFiles;
import io.iotdbmigrate.flink.KeyFiles.KeyFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the hashes that occur more than once in the key files of a table, a slice of the hash space
 * at a time.
 */
final class Suspects {
    /** Hashes in memory at a time: 32 MB. */
    private static final long SLICE = 4_000_000;

    private Suspects() {}

    /** A growing array of hashes. */
    static final class Hashes implements KeyFiles.LongSink {
        private long[] values = new long[1024];
        private int size;

        @Override
        public void accept(long hash) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = hash;
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

        private void sort() {
            Arrays.sort(values, 0, size);
        }
    }

    /** The repeated hashes, ascending, each once. */
    static Hashes find(List<KeyFile> files) throws IOException {
        long total = files.stream().mapToLong(KeyFile::hashes).sum();
        int slices = (int) (total / SLICE) + 1;
        Hashes repeated = new Hashes();
        Hashes slice = new Hashes();
        for (int i = 0; i < slices; i++) {
            slice.clear();
            for (KeyFile file : files) {
                KeyFiles.read(file, edge(i, slices), edge(i + 1, slices) - 1, slice);
            }
            slice.sort();
            for (int k = 1; k < slice.size(); k++) {
                boolean repeats = slice.get(k) == slice.get(k - 1);
                boolean first = k == 1 || slice.get(k - 1) != slice.get(k - 2);
                if (repeats && first) {
                    repeated.accept(slice.get(k));
                }
            }
        }
        return repeated;
    }

    /** The hash space is cut into equal parts; the edge behind the last wraps around. */
    private static long edge(int index, int slices) {
        return index == slices
                ? Long.MIN_VALUE
                : Long.MIN_VALUE + Long.divideUnsigned(-1L, slices) * index;
    }

    /** The files that hold any of these hashes. */
    static List<KeyFile> holding(List<KeyFile> files, Hashes hashes, int from, int to)
            throws IOException {
        List<KeyFile> holding = new ArrayList<>();
        for (KeyFile file : files) {
            boolean[] found = new boolean[1];
            KeyFiles.read(
                    file,
                    hashes.get(from),
                    hashes.get(to - 1),
                    hash -> found[0] |= Arrays.binarySearch(hashes.values, from, to, hash) >= 0);
            if (found[0]) {
                holding.add(file);
            }
        }
        return holding;
    }
}
