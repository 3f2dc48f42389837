package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.MeasurementSchema;

/** The marks of rows that MySQL has deleted. */
final class RowMarks {
    private RowMarks() {}

    /** Makes the marks of a device's rows. */
    static Tablet tablet(Device device, long[] times) {
        boolean[] marks = new boolean[times.length];
        Arrays.fill(marks, true);
        return new Tablet(
                device.path(),
                List.of(new MeasurementSchema(MappingConfig.DELETED, TSDataType.BOOLEAN)),
                times.clone(),
                new Object[] {marks},
                null,
                times.length);
    }

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
