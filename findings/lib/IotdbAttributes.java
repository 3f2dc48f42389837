import java.util.ArrayList;
import java.util.List;
import org.apache.iotdb.isession.ITableSession;
import org.apache.iotdb.session.TableSessionBuilder;
import org.apache.tsfile.enums.ColumnCategory;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.write.record.Tablet;

/**
 * PORT DATABASE TIME,ATTRIBUTE,FIELD...: creates a table, writes each row of the one device into it by a
 * tablet of its own, and prints after each what the device's attribute is, and how many rows and values
 * it has. "null" is a null in the tablet, what is empty is no column of it.
 */
public class IotdbAttributes {
    public static void main(String[] arguments) throws Exception {
        try (ITableSession session =
                new TableSessionBuilder()
                        .nodeUrls(List.of("127.0.0.1:" + arguments[0]))
                        .username("root")
                        .password("root")
                        .build()) {
            session.executeNonQueryStatement("CREATE DATABASE " + arguments[1]);
            session.executeNonQueryStatement("USE " + arguments[1]);
            session.executeNonQueryStatement(
                    "CREATE TABLE t (d STRING TAG, firmware STRING ATTRIBUTE, a INT64 FIELD)");
            for (int i = 2; i < arguments.length; i++) {
                session.insert(tablet(arguments[i].split(",", -1)));
                System.out.println(
                        arguments[i]
                                + ": firmware " + first(session, "SELECT firmware FROM t LIMIT 1")
                                + ", rows " + first(session, "SELECT count(*) FROM t")
                                + ", values " + first(session, "SELECT count(a) FROM t"));
            }
            session.executeNonQueryStatement("DROP DATABASE " + arguments[1]);
        }
        System.exit(0);
    }

    private static String first(ITableSession session, String sql) throws Exception {
        try (var rows = session.executeQueryStatement(sql)) {
            return rows.next().getFields().get(0).toString();
        }
    }

    private static Tablet tablet(String[] row) {
        List<String> names = new ArrayList<>(List.of("d"));
        List<TSDataType> types = new ArrayList<>(List.of(TSDataType.STRING));
        List<ColumnCategory> categories = new ArrayList<>(List.of(ColumnCategory.TAG));
        List<Object> values = new ArrayList<>(List.of("x"));
        if (!row[1].isEmpty()) {
            names.add("firmware");
            types.add(TSDataType.STRING);
            categories.add(ColumnCategory.ATTRIBUTE);
            values.add(row[1].equals("null") ? null : row[1]);
        }
        if (!row[2].isEmpty()) {
            names.add("a");
            types.add(TSDataType.INT64);
            categories.add(ColumnCategory.FIELD);
            values.add(row[2].equals("null") ? null : Long.valueOf(row[2]));
        }
        Tablet tablet = new Tablet("t", names, types, categories, 1);
        tablet.addTimestamp(0, Long.parseLong(row[0]));
        for (int column = 0; column < names.size(); column++) {
            tablet.addValue(names.get(column), 0, values.get(column));
        }
        return tablet;
    }
}
