package io.iotdbmigrate.flink.touched;

import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.verify.RowKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of IoTDB that changes of MySQL touched, as a job of this process finds them in the
 * binlog. Thread-safe.
 */
public final class TouchedRows implements AutoCloseable {
    /** Some 300 bytes each. */
    private static final int MOST = 1_000_000;

    /** By which the job's operator finds them: it comes to be by deserialization. */
    private static final Map<String, TouchedRows> OPEN = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Map<RowKey, Touched> rows = new HashMap<>();
    private @Nullable ChangePosition seen;

    private TouchedRows() {}

    /** Opens them, ready for a job; the caller closes them. */
    public static TouchedRows open() {
        TouchedRows touched = new TouchedRows();
        OPEN.put(touched.id, touched);
        return touched;
    }

    /**
     * One row.
     *
     * @param last change that touched it
     * @param columns canonical values of the columns of device and time, then the names that
     *     look-ups gave, of the rows of MySQL that came to it or left it
     */
    public record Touched(ChangePosition last, Set<List<Object>> columns) {
        public Touched {
            columns = Set.copyOf(columns);
        }
    }

    String id() {
        return id;
    }

    static TouchedRows byId(String id) {
        TouchedRows touched = OPEN.get(id);
        if (touched == null) {
            throw new IllegalStateException("nobody in this process waits for rows " + id);
        }
        return touched;
    }

    /** Empties itself: the job begins to read, or begins anew. */
    synchronized void begin() {
        seen = null;
    }

    /**
     * Adds a row: a change touches a row.
     *
     * @throws UserException exit code 8, if there are too many
     */
    synchronized void add(RowKey key, List<Object> columns, ChangePosition at) {
        Touched before = rows.get(key);
        Set<List<Object>> all = new HashSet<>(before == null ? Set.of() : before.columns());
        all.add(columns);
        rows.put(key, new Touched(at, all));
        if (rows.size() > MOST) {
            throw new UserException(
                    ExitCode.NOT_SWITCHED,
                    "more than "
                            + MOST
                            + " rows were changed since the last full verify; run iotdb-migrate"
                            + " verify once more, and the cutover soon after it");
        }
    }

    /** Closes a change: all that a change touches is known. */
    synchronized void seen(ChangePosition change) {
        seen = change;
    }

    /** Returns the last change that is known; null if there was none yet. */
    public synchronized @Nullable ChangePosition seen() {
        return seen;
    }

    /** Returns the rows that no change behind a position has touched. */
    public synchronized Map<RowKey, Touched> upTo(ChangePosition position) {
        Map<RowKey, Touched> found = new HashMap<>();
        rows.forEach(
                (key, touched) -> {
                    if (!touched.last().isBehind(position)) {
                        found.put(key, touched);
                    }
                });
        return found;
    }

    /** Forgets rows that were found equal, unless they were touched again since. */
    public synchronized void forget(Map<RowKey, Touched> equal) {
        equal.forEach(rows::remove);
    }

    public synchronized int size() {
        return rows.size();
    }

    @Override
    public void close() {
        OPEN.remove(id);
    }
}
