import java.util.List;
import org.apache.iotdb.isession.ITableSession;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.TableSessionBuilder;
import org.apache.tsfile.enums.ColumnCategory;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.write.record.Tablet;

/**
 * PORT DATABASE NAME...: creates a table of each name, writes one row into it by a tablet, and prints
 * "NAME: rows R" or "NAME: error CODE", where the name is written as given.
 */
public class IotdbTablet {
    public static void main(String[] arguments) throws Exception {
        try (ITableSession session =
                new TableSessionBuilder()
                        .nodeUrls(List.of("127.0.0.1:" + arguments[0]))
                        .username("root")
                        .password("root")
                        .build()) {
            session.executeNonQueryStatement("CREATE DATABASE IF NOT EXISTS " + arguments[1]);
            session.executeNonQueryStatement("USE " + arguments[1]);
            for (int i = 2; i < arguments.length; i++) {
                write(session, arguments[i]);
            }
            tables(session);
            session.executeNonQueryStatement("DROP DATABASE " + arguments[1]);
        }
        System.exit(0);
    }

    private static void tables(ITableSession session) throws Exception {
        try (var tables = session.executeQueryStatement("SHOW TABLES")) {
            while (tables.hasNext()) {
                String table = tables.next().getFields().get(0).getStringValue();
                try (var rows = session.executeQueryStatement("SELECT count(*) FROM \"" + table.replace("\"", "\"\"") + '"')) {
                    System.out.println("table " + table + ": rows " + rows.next().getFields().get(0));
                }
            }
        }
    }

    private static void write(ITableSession session, String name) throws Exception {
        String bare = name.replaceAll("^[\"`]|[\"`]$", "");
        String quoted = '"' + bare + '"';
        session.executeNonQueryStatement("DROP TABLE IF EXISTS " + quoted);
        session.executeNonQueryStatement("CREATE TABLE " + quoted + " (d STRING TAG, a INT64 FIELD)");
        Tablet tablet =
                new Tablet(
                        name,
                        List.of("d", "a"),
                        List.of(TSDataType.STRING, TSDataType.INT64),
                        List.of(ColumnCategory.TAG, ColumnCategory.FIELD),
                        1);
        tablet.addTimestamp(0, 1);
        tablet.addValue("d", 0, "x");
        tablet.addValue("a", 0, 5L);
        try {
            session.insert(tablet);
            try (var rows = session.executeQueryStatement("SELECT count(*) FROM " + quoted)) {
                System.out.println(name + ": rows " + rows.next().getFields().get(0));
            }
        } catch (StatementExecutionException e) {
            System.out.println(name + ": error " + e.getStatusCode());
        }
    }
}
