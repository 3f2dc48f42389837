package io.iotdbmigrate.testkit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.read.common.Field;
import org.apache.tsfile.read.common.RowRecord;
import org.assertj.core.api.AssertProvider;

/**
 * All points of some devices in a form to compare: one line per point, {@code device time
 * measurement} to its type and exact value.
 */
public record Contents(SortedMap<String, String> points) implements AssertProvider<ContentsAssert> {

    /** Reads IoTDB, independently of the program's own readers. */
    public static Contents of(TestDatabase database, String devices) throws Exception {
        SortedMap<String, String> points = new TreeMap<>();
        try (Session session = database.session();
                SessionDataSet rows =
                        session.executeQueryStatement(
                                "SELECT * FROM " + devices + " ALIGN BY DEVICE")) {
            List<String> columns = rows.getColumnNames();
            while (rows.hasNext()) {
                RowRecord row = rows.next();
                String device = row.getFields().get(0).getStringValue();
                for (int i = 1; i < row.getFields().size(); i++) {
                    Field field = row.getFields().get(i);
                    if (field != null && field.getDataType() != null) {
                        points.put(
                                device + " " + row.getTimestamp() + " " + columns.get(i + 1),
                                exact(field));
                    }
                }
            }
        }
        return new Contents(points);
    }

    static String exact(Field field) {
        return field.getDataType()
                + " "
                + switch (field.getDataType()) {
                    case FLOAT -> Integer.toHexString(Float.floatToRawIntBits(field.getFloatV()));
                    case DOUBLE -> Long.toHexString(Double.doubleToRawLongBits(field.getDoubleV()));
                    case BLOB -> HexFormat.of().formatHex(field.getBinaryV().getValues());
                    case TEXT, STRING ->
                            new String(field.getBinaryV().getValues(), StandardCharsets.UTF_8);
                    case TIMESTAMP, INT64 -> Long.toString(field.getLongV());
                    case INT32 -> Integer.toString(field.getIntV());
                    case BOOLEAN -> Boolean.toString(field.getBoolV());
                    case DATE -> field.getStringValue();
                    default -> throw new IllegalStateException(field.getDataType().toString());
                };
    }

    /**
     * What IoTDB should hold, as MySQL itself spells it: every row of the query is device, time,
     * measurement, type and value, already in the form above.
     */
    public static Contents expected(TestDatabase database, String query) throws Exception {
        SortedMap<String, String> points = new TreeMap<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                if (row.getString(5) != null) {
                    points.put(
                            row.getString(1) + " " + row.getString(2) + " " + row.getString(3),
                            row.getString(4) + " " + row.getString(5));
                }
            }
        }
        return new Contents(points);
    }

    /** The same under another database. */
    public Contents under(String database, String other) {
        SortedMap<String, String> moved = new TreeMap<>();
        points.forEach(
                (point, value) -> moved.put(other + point.substring(database.length()), value));
        return new Contents(moved);
    }

    /** Returns the points of the devices below a path. */
    public Contents below(String path) {
        return new Contents(points.subMap(path + ".", path + "/"));
    }

    /** One value, e.g. {@code "INT32 7"}; null if there is no such point. */
    public String at(String device, long time, String measurement) {
        return points.get(device + " " + time + " " + measurement);
    }

    public int size() {
        return points.size();
    }

    /** For {@code assertThat(contents)}. */
    @Override
    public ContentsAssert assertThat() {
        return new ContentsAssert(this);
    }
}
