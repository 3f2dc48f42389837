package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.mapping.TagValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.iotdb.rpc.StatementExecutionException;

/** The marks of rows that MySQL has deleted. */
final class RowMarks {
    private RowMarks() {}

    /**
     * Returns which of some rows of a device have the mark, by their times, ascending.
     *
     * @param tags all of the table
     * @param times at least one
     */
    static long[] marked(
            Retries retries, String database, TagValues device, List<String> tags, long[] times)
            throws IOException {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        String query =
                "SELECT time FROM "
                        + TableSql.table(database, device.table())
                        + TableSql.where(
                                tags.isEmpty() ? "" : TableSql.isOf(device, tags),
                                TableSql.name(MappingConfig.DELETED) + " = true",
                                "time >= " + sorted[0],
                                "time <= " + sorted[sorted.length - 1]);
        try {
            return retries.call(session -> TableRows.times(session, query)).stream()
                    .mapToLong(Long::longValue)
                    .filter(time -> Arrays.binarySearch(sorted, time) >= 0)
                    .sorted()
                    .toArray();
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to read the marks of " + device.text(), e);
        }
    }
}
