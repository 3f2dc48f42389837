package io.iotdbmigrate.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.read.common.Field;

/** Rows of a table of each side as text, one line a row, read without the program's own code. */
public final class TableContents {
    private TableContents() {}

    /**
     * What IoTDB holds.
     *
     * @param columns of the table in the order of MySQL's query, {@code time} among them
     */
    public static Set<String> inIotdb(TestDatabase database, String table, String columns)
            throws Exception {
        Set<String> lines = new TreeSet<>();
        try (Session session = database.tableSession();
                SessionDataSet rows =
                        session.executeQueryStatement("SELECT " + columns + " FROM " + table)) {
            while (rows.hasNext()) {
                List<String> values = new ArrayList<>();
                for (Field field : rows.next().getFields()) {
                    values.add(
                            field == null || field.getDataType() == null
                                    ? "NULL"
                                    : "<" + field.getStringValue() + ">");
                }
                if (!lines.add(String.join(" ", values))) {
                    throw new IllegalStateException("twice: " + values);
                }
            }
        }
        return lines;
    }

    /**
     * What a table with one TAG holds, as the points of devices {@code table.d<TAG>} in the tree: a
     * row of nulls has none. Attributes are left out: their names begin with {@code last_}.
     */
    public static Contents points(TestDatabase database, String table, String tag)
            throws Exception {
        SortedMap<String, String> points = new TreeMap<>();
        try (Session session = database.tableSession();
                SessionDataSet rows = session.executeQueryStatement("SELECT * FROM " + table)) {
            List<String> columns = rows.getColumnNames();
            int timeColumn = columns.indexOf("time");
            int tagColumn = columns.indexOf(tag);
            while (rows.hasNext()) {
                List<Field> row = rows.next().getFields();
                String device =
                        database.iotdbDatabase()
                                + "."
                                + table
                                + ".d"
                                + row.get(tagColumn).getStringValue();
                for (int i = 0; i < row.size(); i++) {
                    Field field = row.get(i);
                    if (i != timeColumn
                            && i != tagColumn
                            && !columns.get(i).startsWith("last_")
                            && field != null
                            && field.getDataType() != null) {
                        points.put(
                                device
                                        + " "
                                        + row.get(timeColumn).getLongV()
                                        + " "
                                        + columns.get(i),
                                Contents.exact(field));
                    }
                }
            }
        }
        return new Contents(points);
    }

    /** What MySQL says; the query spells each value as IoTDB does. */
    public static Set<String> inMysql(TestDatabase database, String query) throws Exception {
        Set<String> lines = new TreeSet<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    String value = rows.getString(i);
                    values.add(value == null ? "NULL" : "<" + value + ">");
                }
                lines.add(String.join(" ", values));
            }
        }
        return lines;
    }
}
