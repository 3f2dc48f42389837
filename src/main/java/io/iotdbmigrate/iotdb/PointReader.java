package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.read.common.Field;
import org.apache.tsfile.read.common.RowRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads raw points of some devices, device by device, times ascending, with their exact bits. Rows
 * in which all wanted measurements are null do not come. Not thread-safe.
 */
public final class PointReader implements AutoCloseable {
    /** The server's own limit of a minute is for people; a scan takes as long as it takes. */
    static final long TIMEOUT_MILLIS = 24 * 3_600_000L;

    private static final int FIRST_MEASUREMENT = 1;

    private final SessionDataSet answer;
    private final BiFunction<TargetType, Object, Object> otherType;
    private final int[] measurementOf;
    private final TargetType[] types;
    private Device device = Device.of("");

    private PointReader(
            SessionDataSet answer,
            List<Column> columns,
            BiFunction<TargetType, Object, Object> otherType) {
        this.answer = answer;
        this.otherType = otherType;
        this.types = columns.stream().map(Column::type).toArray(TargetType[]::new);
        List<String> names = answer.getColumnNames();
        this.measurementOf = new int[names.size() - 1];
        for (int i = FIRST_MEASUREMENT; i < measurementOf.length; i++) {
            measurementOf[i] = indexOf(columns, names.get(i + 1));
        }
    }

    private static int indexOf(List<Column> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            String own = columns.get(i).name();
            if (own.equals(name) || own.equals("`" + name.replace("`", "``") + "`")) {
                return i;
            }
        }
        throw new IllegalStateException("IoTDB answered with column " + name);
    }

    /** A measurement, as a path node, and the type it should have. */
    public record Column(String name, TargetType type) {}

    /**
     * Which times are wanted.
     *
     * @param condition in SQL, empty for all
     */
    public record Times(String condition) {

        /** From the first to the last, both included. */
        public static Times between(long since, long until) {
            String from = since == Long.MIN_VALUE ? "" : "time >= " + since;
            String to = until == Long.MAX_VALUE ? "" : "time <= " + until;
            return new Times(from + (from.isEmpty() || to.isEmpty() ? "" : " AND ") + to);
        }

        /** Just these. */
        public static Times of(Collection<Long> times) {
            return new Times(
                    times.stream()
                            .map(time -> "time = " + time)
                            .collect(Collectors.joining(" OR ")));
        }
    }

    /** The query for some devices. */
    public static String query(List<String> devices, List<Column> columns, Times times) {
        return "SELECT "
                + columns.stream().map(Column::name).collect(Collectors.joining(", "))
                + " FROM "
                + String.join(", ", devices)
                + (times.condition().isEmpty() ? "" : " WHERE " + times.condition())
                + " ALIGN BY DEVICE";
    }

    /**
     * Sends a query that {@link #query} made.
     *
     * @param otherType wraps a value whose series has another type than its column says
     * @throws UserException exit code 5, if the server refuses it
     * @throws IOException if it was away for longer than the retries last
     */
    public static PointReader open(
            Retries retries,
            String query,
            List<Column> columns,
            BiFunction<TargetType, Object, Object> otherType)
            throws IOException {
        try {
            return new PointReader(
                    retries.call(s -> s.executeQueryStatement(query, TIMEOUT_MILLIS)),
                    columns,
                    otherType);
        } catch (StatementExecutionException e) {
            throw refused(e);
        }
    }

    /** The next row that has a value, null behind the last. */
    public @Nullable TargetRow next() throws IOException {
        try {
            while (answer.hasNext()) {
                TargetRow row = row(answer.next());
                if (!row.isEmpty()) {
                    return row;
                }
            }
            return null;
        } catch (StatementExecutionException | IoTDBConnectionException e) {
            throw new IOException("cannot read from IoTDB: " + e.getMessage(), e);
        }
    }

    private TargetRow row(RowRecord record) {
        List<Field> fields = record.getFields();
        String path = fields.get(0).getStringValue();
        if (!path.equals(device.path())) {
            device = Device.of(path);
        }
        Object[] values = new Object[types.length];
        for (int i = FIRST_MEASUREMENT; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (field != null && field.getDataType() != null) {
                int measurement = measurementOf[i];
                TargetType type = typeOf(field.getDataType());
                Object value = value(field, type);
                values[measurement] =
                        type == types[measurement] ? value : otherType.apply(type, value);
            }
        }
        return new TargetRow(device, record.getTimestamp(), values);
    }

    private static TargetType typeOf(TSDataType type) {
        return switch (type) {
            case BOOLEAN -> TargetType.BOOLEAN;
            case INT32 -> TargetType.INT32;
            case INT64 -> TargetType.INT64;
            case FLOAT -> TargetType.FLOAT;
            case DOUBLE -> TargetType.DOUBLE;
            case TEXT -> TargetType.TEXT;
            case STRING -> TargetType.STRING;
            case BLOB -> TargetType.BLOB;
            case DATE -> TargetType.DATE;
            case TIMESTAMP -> TargetType.TIMESTAMP;
            default -> throw new IllegalStateException("a value of IoTDB's type " + type);
        };
    }

    private static Object value(Field field, TargetType type) {
        return switch (type) {
            case BOOLEAN -> field.getBoolV();
            case INT32 -> field.getIntV();
            case INT64, TIMESTAMP -> field.getLongV();
            case FLOAT -> field.getFloatV();
            case DOUBLE -> field.getDoubleV();
            case TEXT, STRING, BLOB -> field.getBinaryV().getValues();
            case DATE -> field.getDateV();
        };
    }

    private static UserException refused(StatementExecutionException e) {
        return new UserException(
                ExitCode.IOTDB, "IoTDB refuses to hand out points: " + e.getMessage(), e);
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
