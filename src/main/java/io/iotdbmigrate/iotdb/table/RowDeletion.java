package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.DeleteRanges;
import io.iotdbmigrate.iotdb.DeleteRanges.Run;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iotdb.rpc.StatementExecutionException;

/**
 * The statements that delete rows: as many rows or ranges in each as the server takes well. Rows
 * between which no other lies go as one range, so a device that loses many is asked which it has.
 */
final class RowDeletion {
    /** Fewer in a statement cost more a row, and more gain nothing. */
    private static final int TERMS = 150;

    /** From so many rows of a device on, asking for their neighbours is cheaper. */
    private static final int WORTH_ASKING = 20;

    private final Retries retries;
    private final String table;
    private final List<String> tags;
    private final List<String> terms = new ArrayList<>();

    /**
     * @param table quoted, with its database
     * @param tags all of the table
     */
    RowDeletion(Retries retries, String table, List<String> tags) {
        this.retries = retries;
        this.table = table;
        this.tags = List.copyOf(tags);
    }

    /**
     * Returns the statements.
     *
     * @param times of each device, ascending, each once
     */
    List<String> statements(Map<Device, long[]> times)
            throws IOException, StatementExecutionException {
        for (Map.Entry<Device, long[]> of : times.entrySet()) {
            add(of.getKey(), of.getValue());
        }
        List<String> statements = new ArrayList<>();
        for (int from = 0; from < terms.size(); from += TERMS) {
            statements.add(
                    "DELETE FROM "
                            + table
                            + " WHERE "
                            + String.join(
                                    " OR ",
                                    terms.subList(from, Math.min(terms.size(), from + TERMS))));
        }
        return statements;
    }

    private void add(Device device, long[] condemned)
            throws IOException, StatementExecutionException {
        String isOf = tags.isEmpty() ? "" : TableSql.isOf(TagValues.parse(device.path()), tags);
        if (condemned.length < WORTH_ASKING) {
            addSingly(isOf, condemned);
            return;
        }
        long from = condemned[0];
        long last = condemned[condemned.length - 1];
        int limit = 2 * condemned.length + WORTH_ASKING;
        long[] existing = existing(isOf, from, last, limit);
        long until = existing.length < limit ? last : existing[existing.length - 1];
        for (Run run : DeleteRanges.runs(device, condemned, existing, from, until)) {
            addTerm(isOf, run.first(), run.last());
        }
        addSingly(isOf, Arrays.stream(condemned).filter(time -> time > until).toArray());
    }

    private long[] existing(String isOf, long from, long to, int limit)
            throws IOException, StatementExecutionException {
        String query =
                "SELECT time FROM "
                        + table
                        + TableSql.where(isOf, "time >= " + from, "time <= " + to)
                        + " ORDER BY time LIMIT "
                        + limit;
        return retries.call(session -> TableRows.times(session, query)).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private void addSingly(String isOf, long[] times) {
        for (long time : times) {
            addTerm(isOf, time, time);
        }
    }

    private void addTerm(String isOf, long from, long to) {
        String when = from == to ? "time = " + from : "time >= " + from + " AND time <= " + to;
        terms.add("(" + when + (isOf.isEmpty() ? "" : " AND " + isOf) + ")");
    }
}
