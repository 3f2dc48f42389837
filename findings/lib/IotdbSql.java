import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.time.ZoneId;
import org.apache.iotdb.isession.ITableSession;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.iotdb.session.TableSessionBuilder;

/**
 * PORT tree|table ZONE [USER PASSWORD]: executes the statements of standard input and prints for each line of a
 * result its values after another with blanks, "no row" for an empty one, and "error CODE" for a
 * refusal. Of what is no query only a refusal is printed. Waits up to three minutes for the server.
 */
public class IotdbSql {
    interface Connection {
        SessionDataSet query(String sql) throws Exception;

        void change(String sql) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Connection connection = await(arguments);
        Scanner lines = new Scanner(System.in);
        while (lines.hasNextLine()) {
            String sql = lines.nextLine().strip();
            if (sql.isEmpty()) {
                continue;
            }
            try {
                if (sql.matches("(?i)(select|show|count) .*")) {
                    print(connection.query(sql));
                } else {
                    connection.change(sql);
                }
            } catch (StatementExecutionException e) {
                System.out.println("error " + e.getStatusCode());
            }
        }
        System.exit(0);
    }

    private static Connection await(String[] arguments) throws Exception {
        for (int second = 0; ; second++) {
            try {
                Connection connection = connect(arguments);
                connection.query("show version").close();
                return connection;
            } catch (IoTDBConnectionException | StatementExecutionException e) {
                if (second == 180) {
                    throw e;
                }
                Thread.sleep(1_000);
            }
        }
    }

    private static Connection connect(String[] arguments) throws Exception {
        ZoneId zone = ZoneId.of(arguments[2]);
        String user = arguments.length > 3 ? arguments[3] : "root";
        String password = arguments.length > 3 ? arguments[4] : "root";
        String node = "127.0.0.1:" + arguments[0];
        if (arguments[1].equals("table")) {
            ITableSession session =
                    new TableSessionBuilder()
                            .nodeUrls(List.of(node)).username(user).password(password).zoneId(zone).build();
            return new Connection() {
                public SessionDataSet query(String sql) throws Exception {
                    return session.executeQueryStatement(sql);
                }

                public void change(String sql) throws Exception {
                    session.executeNonQueryStatement(sql);
                }
            };
        }
        Session session =
                new Session.Builder()
                        .nodeUrls(List.of(node)).username(user).password(password).zoneId(zone).build();
        session.open(false);
        return new Connection() {
            public SessionDataSet query(String sql) throws Exception {
                return session.executeQueryStatement(sql);
            }

            public void change(String sql) throws Exception {
                session.executeNonQueryStatement(sql);
            }
        };
    }

    private static void print(SessionDataSet result) throws Exception {
        SessionDataSet.DataIterator row = result.iterator();
        boolean none = true;
        while (row.next()) {
            List<String> values = new ArrayList<>();
            for (int column = 1; column <= row.getColumnNameList().size(); column++) {
                boolean time = row.getColumnTypeList().get(column - 1).equals("TIMESTAMP");
                values.add(
                        row.isNull(column) ? "null" : time ? Long.toString(row.getLong(column)) : row.getString(column));
            }
            System.out.println(String.join(" ", values));
            none = false;
        }
        if (none) {
            System.out.println("no row");
        }
        result.close();
    }
}
