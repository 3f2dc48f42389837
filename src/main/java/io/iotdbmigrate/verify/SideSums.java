package io.iotdbmigrate.verify;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one side's readers came to, table by table. */
public final class SideSums implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Table> tables = new ArrayList<>();

    /** One table. Not thread-safe. */
    public static final class Table implements Serializable {
        private static final long serialVersionUID = 1L;

        private final BucketSums sums;
        private final List<ChunkTrace> chunks = new ArrayList<>();
        private final Map<Integer, Long> readOf = new HashMap<>();
        private long read;
        private long empty;
        private long rejected;
        private long zeroDates;
        private long marked;

        Table(int buckets) {
            sums = new BucketSums(buckets);
        }

        public BucketSums sums() {
            return sums;
        }

        public List<ChunkTrace> chunks() {
            return chunks;
        }

        /** Adds the sums of MySQL: a chunk was read to its end. */
        public void chunk(
                ChunkTrace trace, long rows, long emptyRows, long rejectedRows, long zeros) {
            chunks.add(trace);
            read += rows;
            readOf.merge(trace.chunk().mapping(), rows, Long::sum);
            empty += emptyRows;
            rejected += rejectedRows;
            zeroDates += zeros;
        }

        /** Counts for IoTDB: a row that is marked as deleted. */
        public void marked() {
            marked++;
        }

        /** Returns the rows of MySQL read, in or out of scope. */
        public long read() {
            return read;
        }

        /** Returns the rows of MySQL read of one of its mappings, in or out of scope. */
        public long readOf(int mapping) {
            return readOf.getOrDefault(mapping, 0L);
        }

        public long empty() {
            return empty;
        }

        public long rejected() {
            return rejected;
        }

        public long zeroDates() {
            return zeroDates;
        }

        public long markedRows() {
            return marked;
        }

        private void add(Table other) {
            sums.add(other.sums);
            chunks.addAll(other.chunks);
            read += other.read;
            other.readOf.forEach((mapping, rows) -> readOf.merge(mapping, rows, Long::sum));
            empty += other.empty;
            rejected += other.rejected;
            zeroDates += other.zeroDates;
            marked += other.marked;
        }
    }

    /**
     * @param buckets per table
     */
    public SideSums(List<Buckets> buckets) {
        buckets.forEach(b -> tables.add(new Table(b.count())));
    }

    public Table table(int index) {
        return tables.get(index);
    }

    /** Adds what another reader of the same side has. */
    public void add(SideSums other) {
        for (int i = 0; i < tables.size(); i++) {
            tables.get(i).add(other.tables.get(i));
        }
    }
}
