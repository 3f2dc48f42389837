import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.iotdb.isession.ITableSession;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.session.TableSessionBuilder;

/**
 * PORT on|off SECONDS: deletes rows of a table and writes others, with a FLUSH behind each batch, by
 * one session, with compaction on or off, and prints "some" once deleted rows are back and stay so
 * for fifteen seconds without a change, or "none" after so many seconds.
 */
public class IotdbDeletions {
    private static final int TIMES = 400;
    private static final List<String> SPACES = List.of("seq", "unseq", "cross");

    public static void main(String[] arguments) throws Exception {
        long end = System.currentTimeMillis() + Integer.parseInt(arguments[2]) * 1000L;
        try (ITableSession session =
                new TableSessionBuilder()
                        .nodeUrls(List.of("127.0.0.1:" + arguments[0]))
                        .username("root")
                        .password("root")
                        .build()) {
            for (String space : SPACES) {
                session.executeNonQueryStatement(
                        "SET CONFIGURATION enable_%s_space_compaction='%s'"
                                .formatted(space, arguments[1].equals("on")));
            }
            String database = "compacted_" + arguments[1];
            session.executeNonQueryStatement("CREATE DATABASE " + database);
            session.executeNonQueryStatement("USE " + database);
            session.executeNonQueryStatement("CREATE TABLE t (dev STRING TAG, a INT32 FIELD)");
            System.out.println(areBack(session, end) ? "some" : "none");
        }
        System.exit(0);
    }

    private static boolean areBack(ITableSession session, long end) throws Exception {
        Random random = new Random(1);
        Map<Long, Integer> expected = new TreeMap<>(Map.of(1_000_000L, 0));
        session.executeNonQueryStatement("INSERT INTO t(dev, time, a) VALUES ('x', 1000000, 0)");
        session.executeNonQueryStatement("FLUSH");
        for (int batch = 1; System.currentTimeMillis() < end; batch++) {
            Set<Long> deleted = new HashSet<>();
            StringJoiner or = new StringJoiner(" OR ");
            StringJoiner rows = new StringJoiner(", ");
            for (int i = 0; i < 20; i++) {
                long time = random.nextInt(TIMES);
                if (deleted.add(time)) {
                    or.add("(dev = 'x' AND time = " + time + ")");
                    expected.remove(time);
                    if (random.nextInt(3) > 0) {
                        rows.add("('x', " + time + ", " + batch + ")");
                        expected.put(time, batch);
                    }
                }
            }
            session.executeNonQueryStatement("DELETE FROM t WHERE " + or);
            session.executeNonQueryStatement("INSERT INTO t(dev, time, a) VALUES " + rows);
            session.executeNonQueryStatement("FLUSH");
            if (batch % 50 == 0 && !seen(session).equals(expected)) {
                Thread.sleep(15_000);
                if (!seen(session).equals(expected)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Map<Long, Integer> seen(ITableSession session) throws Exception {
        Map<Long, Integer> seen = new TreeMap<>();
        try (SessionDataSet rows = session.executeQueryStatement("SELECT time, a FROM t")) {
            while (rows.hasNext()) {
                var fields = rows.next().getFields();
                seen.put(fields.get(0).getLongV(), fields.get(1).getIntV());
            }
        }
        return seen;
    }
}
