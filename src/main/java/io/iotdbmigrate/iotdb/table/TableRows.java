package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.DeviceGroups;
import io.iotdbmigrate.iotdb.ReadColumn;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TypedValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.utils.Binary;
import org.jspecify.annotations.Nullable;

/** Rows of some devices of a table, device by device, times ascending. Not thread-safe. */
final class TableRows implements StoredRows {
    /** The server's own limit of a minute is for people; a scan takes as long as it takes. */
    static final long TIMEOUT_MILLIS = 24 * 3_600_000L;

    /** Each device is a term of the query's condition. */
    private static final int DEVICES_A_QUERY = 200;

    private static final int TIME = 1;
    private static final int FIRST_TAG = 2;

    private final Retries retries;
    private final String table;
    private final String name;
    private final List<String> tags;
    private final List<ReadColumn> columns;
    private final TimeFilter times;
    private final Deque<List<TagValues>> left = new ArrayDeque<>();
    private @Nullable SessionDataSet answer;
    private SessionDataSet.@Nullable DataIterator rows;
    private TargetType[] types = {};
    private @Nullable Binary @Nullable [] deviceTags;
    private Device device = Device.of("");

    /**
     * @param name of the table
     * @param tags all of the table, in order
     * @param devices of this table, one or more
     */
    TableRows(
            Retries retries,
            String database,
            String name,
            List<String> tags,
            List<ReadColumn> columns,
            List<TagValues> devices,
            TimeFilter times) {
        this.retries = retries;
        this.table = TableSql.table(database, name);
        this.name = name;
        this.tags = List.copyOf(tags);
        this.columns = List.copyOf(columns);
        this.times = times;
        left.addAll(DeviceGroups.of(devices, DEVICES_A_QUERY));
    }

    @Override
    public @Nullable TargetRow next() throws IOException {
        while (true) {
            SessionDataSet.DataIterator open = rows;
            try {
                if (open != null && open.next()) {
                    return row(open);
                }
            } catch (StatementExecutionException | IoTDBConnectionException e) {
                throw new IOException("cannot read from IoTDB: " + e.getMessage(), e);
            }
            close();
            if (left.isEmpty()) {
                return null;
            }
            open(left.remove());
        }
    }

    private void open(List<TagValues> devices) throws IOException {
        List<String> select = new ArrayList<>(List.of("time"));
        select.addAll(tags);
        columns.forEach(column -> select.add(column.name()));
        List<String> order = new ArrayList<>(tags);
        order.add("time");
        String query =
                "SELECT "
                        + TableSql.names(select)
                        + " FROM "
                        + table
                        + TableSql.where(TableSql.isOfAny(devices, tags), TableSql.is(times))
                        + " ORDER BY "
                        + TableSql.names(order);
        try {
            SessionDataSet opened =
                    retries.call(s -> s.executeQueryStatement(query, TIMEOUT_MILLIS));
            answer = opened;
            rows = opened.iterator();
            types =
                    opened.getColumnTypes().stream()
                            .skip(1L + tags.size())
                            .map(TargetType::valueOf)
                            .toArray(TargetType[]::new);
            deviceTags = null;
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to hand out rows of table " + name, e);
        }
    }

    private TargetRow row(SessionDataSet.DataIterator of) throws StatementExecutionException {
        Binary[] values = new Binary[tags.size()];
        for (int t = 0; t < values.length; t++) {
            values[t] = of.isNull(FIRST_TAG + t) ? null : of.getBlob(FIRST_TAG + t);
        }
        if (deviceTags == null || !Arrays.equals(values, deviceTags)) {
            deviceTags = values;
            device =
                    Device.of(
                            new TagValues(name, Arrays.stream(values).map(TableRows::text).toList())
                                    .text());
        }
        Object[] fields = new Object[columns.size()];
        for (int c = 0; c < fields.length; c++) {
            int index = FIRST_TAG + tags.size() + c;
            if (!of.isNull(index)) {
                Object value = value(of, index, types[c]);
                fields[c] =
                        types[c] == columns.get(c).type() ? value : new TypedValue(types[c], value);
            }
        }
        return new TargetRow(device, of.getLong(TIME), fields);
    }

    private static @Nullable String text(@Nullable Binary value) {
        return value == null ? null : value.getStringValue(StandardCharsets.UTF_8);
    }

    private static Object value(SessionDataSet.DataIterator of, int index, TargetType type)
            throws StatementExecutionException {
        return switch (type) {
            case BOOLEAN -> of.getBoolean(index);
            case INT32 -> of.getInt(index);
            case INT64, TIMESTAMP -> of.getLong(index);
            case FLOAT -> of.getFloat(index);
            case DOUBLE -> of.getDouble(index);
            case TEXT, STRING, BLOB -> of.getBlob(index).getValues();
            case DATE -> of.getDate(index);
        };
    }

    /** Returns the first column of an answer, which are times. */
    static List<Long> times(Session session, String query)
            throws IoTDBConnectionException, StatementExecutionException {
        List<Long> times = new ArrayList<>();
        try (SessionDataSet answer = session.executeQueryStatement(query, TIMEOUT_MILLIS)) {
            SessionDataSet.DataIterator rows = answer.iterator();
            while (rows.next()) {
                times.add(rows.getLong(TIME));
            }
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        SessionDataSet open = answer;
        answer = null;
        rows = null;
        if (open != null) {
            try {
                open.close();
            } catch (StatementExecutionException | IoTDBConnectionException e) {
                throw new IOException("cannot end a query of IoTDB: " + e.getMessage(), e);
            }
        }
    }
}
