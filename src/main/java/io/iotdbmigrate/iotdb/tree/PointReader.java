package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.ReadColumn;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.PathNode;
import io.iotdbmigrate.mapping.TreePath;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TypedValue;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.tsfile.common.conf.TSFileConfig;
import org.apache.tsfile.utils.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A reader that reads raw points of some devices, device by device, times ascending, with their
 * exact bits. Rows in which all wanted measurements are null do not come. Not thread-safe.
 */
final class PointReader implements StoredRows {
    /** The server's own limit of a minute is for people; a scan takes as long as it takes. */
    static final long TIMEOUT_MILLIS = 24 * 3_600_000L;

    private static final int TIME = 1;
    private static final int DEVICE = 2;
    private static final int FIRST_MEASUREMENT = 3;

    private final SessionDataSet answer;
    private final SessionDataSet.DataIterator rows;

    /** The measurement of each column of the answer, from the first measurement on. */
    private final int[] measurementOf;

    /** The type of each of those columns. */
    private final TargetType[] typeOf;

    private final TargetType[] types;

    private Binary deviceName = Binary.EMPTY_VALUE;
    private Device device = Device.of("");

    private PointReader(SessionDataSet answer, List<ReadColumn> columns) {
        this.answer = answer;
        this.rows = answer.iterator();
        this.types = columns.stream().map(ReadColumn::type).toArray(TargetType[]::new);
        List<String> names = answer.getColumnNames();
        List<String> answered = answer.getColumnTypes();
        // Of devices that have none of the measurements the answer has the time only.
        int measurements = Math.max(0, names.size() - FIRST_MEASUREMENT + 1);
        this.measurementOf = new int[measurements];
        this.typeOf = new TargetType[measurements];
        for (int i = 0; i < measurements; i++) {
            measurementOf[i] = indexOf(columns, names.get(FIRST_MEASUREMENT - 1 + i));
            typeOf[i] = TargetType.valueOf(answered.get(FIRST_MEASUREMENT - 1 + i));
        }
    }

    private static int indexOf(List<ReadColumn> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(PathNode.normal(name))) {
                return i;
            }
        }
        throw new IllegalStateException("IoTDB answered with column " + name);
    }

    /** Writes the query for some devices. */
    private static String query(List<String> devices, List<ReadColumn> columns, TimeFilter times) {
        return "SELECT "
                + columns.stream().map(ReadColumn::name).collect(Collectors.joining(", "))
                + " FROM "
                + String.join(", ", devices)
                + TimeCondition.where(times)
                + " ALIGN BY DEVICE";
    }

    /**
     * Sends the query for some devices.
     *
     * @param devices at least one
     * @throws UserException exit code 5, if the server refuses it
     * @throws IOException if it was away for longer than the retries last
     */
    static PointReader open(
            Retries retries, List<String> devices, List<ReadColumn> columns, TimeFilter times)
            throws IOException {
        String query = query(devices, columns, times);
        try {
            return new PointReader(
                    retries.call(s -> s.executeQueryStatement(query, TIMEOUT_MILLIS)), columns);
        } catch (StatementExecutionException e) {
            throw refused(e);
        }
    }

    @Override
    public @Nullable TargetRow next() throws IOException {
        try {
            while (rows.next()) {
                TargetRow row = row();
                if (!row.isEmpty()) {
                    return row;
                }
            }
            return null;
        } catch (StatementExecutionException | IoTDBConnectionException e) {
            throw new IOException("cannot read from IoTDB: " + e.getMessage(), e);
        }
    }

    private Device device() throws StatementExecutionException {
        Binary name = rows.getBlob(DEVICE);
        if (!name.equals(deviceName)) {
            deviceName = name;
            device = Device.of(TreePath.normal(name.getStringValue(TSFileConfig.STRING_CHARSET)));
        }
        return device;
    }

    private TargetRow row() throws StatementExecutionException {
        Device ofRow = device();
        Object[] values = new Object[types.length];
        for (int i = 0; i < measurementOf.length; i++) {
            int column = FIRST_MEASUREMENT + i;
            if (!rows.isNull(column)) {
                int measurement = measurementOf[i];
                TargetType type = typeOf[i];
                Object value = value(column, type);
                values[measurement] =
                        type == types[measurement] ? value : new TypedValue(type, value);
            }
        }
        return new TargetRow(ofRow, rows.getLong(TIME), values);
    }

    private Object value(int column, TargetType type) throws StatementExecutionException {
        return switch (type) {
            case BOOLEAN -> rows.getBoolean(column);
            case INT32 -> rows.getInt(column);
            case INT64, TIMESTAMP -> rows.getLong(column);
            case FLOAT -> rows.getFloat(column);
            case DOUBLE -> rows.getDouble(column);
            case TEXT, STRING, BLOB -> rows.getBlob(column).getValues();
            case DATE -> rows.getDate(column);
        };
    }

    private static UserException refused(StatementExecutionException e) {
        return ServerAnswer.refusal("to hand out points", e);
    }

    /** Ends the query on the server; a connection that is gone has ended it already. */
    @Override
    public void close() throws IOException {
        try {
            answer.close();
        } catch (StatementExecutionException | IoTDBConnectionException e) {
            throw new IOException("cannot end a query of IoTDB: " + e.getMessage(), e);
        }
    }
}
