package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows of XA transactions that are prepared and not yet committed: the binlog has the rows where
 * the transaction is prepared, and they count where it is committed, maybe days later. Not
 * thread-safe.
 */
public final class PreparedRows {
    private final Map<String, List<RowEvent>> rows = new HashMap<>();
    private @Nullable String current;

    /** Tells whether a row is of a transaction that is not yet committed, and was taken. */
    public boolean take(RowEvent row) {
        if (current == null) {
            return false;
        }
        rows.computeIfAbsent(current, xid -> new ArrayList<>()).add(row);
        return true;
    }

    /**
     * Follows a mark.
     *
     * @param known whether the mark was followed before, and is read again
     * @return the rows that count from now on
     * @throws UserException exit code 6, if a transaction is committed whose rows were not seen
     */
    public List<RowEvent> follow(BinlogMark mark, boolean known) {
        switch (mark.kind()) {
            case XA_BEGINS -> {
                current = mark.name();
                if (!known) {
                    rows.put(mark.name(), new ArrayList<>());
                }
            }
            case XA_PREPARED -> current = null;
            case XA_ONE_PHASE -> {
                current = null;
                return known ? List.of() : committed(mark);
            }
            case XA_COMMITTED -> {
                return known ? List.of() : committed(mark);
            }
            case XA_ROLLED_BACK -> {
                if (!known) {
                    rows.remove(mark.name());
                }
            }
            case PASSED,
                    PARTITION_DROPPED,
                    PARTITIONS_REARRANGED,
                    TABLES_CHANGED,
                    CASCADED,
                    SERVER -> {
                // It changes nothing.
            }
        }
        return List.of();
    }

    private List<RowEvent> committed(BinlogMark mark) {
        List<RowEvent> found = rows.remove(mark.name());
        if (found == null) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the XA transaction "
                            + mark.name()
                            + " is committed at "
                            + mark.position()
                            + ", and was prepared before this replication began to read, so its"
                            + " rows are not known; nothing behind it was applied. Copy the tables"
                            + " as they are now with iotdb-migrate backfill --restart, then start"
                            + " cdc again");
        }
        return found;
    }

    /** Writes what a checkpoint holds of this. */
    byte[] toBytes() throws IOException {
        return new PreparedRowsSerializer().toVersionedBytes(rows);
    }

    /**
     * Adds what a checkpoint held.
     *
     * @param indexes of followed tables now by those then, see {@link MappingOrder}
     */
    void add(byte[] bytes, IntUnaryOperator indexes) throws IOException {
        new PreparedRowsSerializer()
                .fromVersionedBytes(bytes)
                .forEach(
                        (xid, events) ->
                                rows.put(
                                        xid,
                                        events.stream()
                                                .map(e -> e.of(indexes.applyAsInt(e.table())))
                                                .filter(e -> e.table() >= 0)
                                                .collect(Collectors.toList())));
    }
}
