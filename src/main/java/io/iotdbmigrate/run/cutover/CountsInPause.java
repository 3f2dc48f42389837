package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.mysql.rows.TableValues;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Counts of both sides, each counted on a thread of its own while something else is compared. MySQL
 * is counted as soon as its tables stand still.
 */
final class CountsInPause {
    private final ValueCounts counts;

    /** What MySQL is counted to hold since its tables stand still; null before. */
    private volatile @Nullable FutureTask<List<TableValues>> early;

    CountsInPause(ValueCounts counts) {
        this.counts = counts;
    }

    /** Counts both sides once, so that the servers have in memory what the pause reads. */
    void warmUp() throws Exception {
        FutureTask<List<TableValues>> source = counts.beginSource();
        counts.target();
        result(source);
    }

    /** Begins to count MySQL: nobody writes its tables from now on. */
    void sourceStands() {
        early = counts.beginSource();
    }

    /** Counts of both sides that have begun. */
    final class Counting {
        private final boolean isEarly;
        private final FutureTask<List<TableValues>> source;
        private final FutureTask<Map<Integer, List<Long>>> target;

        private Counting(boolean isEarly, FutureTask<List<TableValues>> source) {
            this.isEarly = isEarly;
            this.source = source;
            this.target = counts.beginTarget();
        }

        /**
         * Waits for both sides, and compares them.
         *
         * @param differences gets a sentence for each measurement that differs
         */
        List<Verified.Table> compare(List<String> differences) throws Exception {
            Map<Integer, List<Long>> found = result(target);
            List<Verified.Table> tables = counts.compare(result(source), found, differences);
            if (isEarly && !differences.isEmpty()) {
                // A transaction may have been in the binlog a moment before its rows could be read.
                differences.clear();
                tables = counts.compare(result(counts.beginSource()), found, differences);
            }
            return tables;
        }
    }

    /** Begins to count IoTDB, and MySQL unless that has begun. */
    Counting begin() {
        FutureTask<List<TableValues>> begun = early;
        return new Counting(begun != null, begun == null ? counts.beginSource() : begun);
    }

    private static <T> T result(FutureTask<T> task) throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }
}
