import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import org.apache.iotdb.isession.ITableSession;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.session.TableSessionBuilder;

/**
 * PORT: overwrites the values of 100 rows in a later file, prints how many old ones a query answers,
 * deletes the rows by one statement, prints "some" if another session has read an old value
 * meanwhile, or "none", and then how many rows are left.
 */
public class IotdbHalfDeletion {
    private static final int FILES = 75;
    private static final int ROWS = 100;
    private static final int OLD = 1;
    private static final int NEW = 2;

    public static void main(String[] arguments) throws Exception {
        try (ITableSession writer = open(arguments[0]);
                ITableSession reader = open(arguments[0])) {
            for (String space : List.of("seq", "unseq", "cross")) {
                writer.executeNonQueryStatement(
                        "SET CONFIGURATION enable_%s_space_compaction='false'".formatted(space));
            }
            writer.executeNonQueryStatement("CREATE DATABASE half_deletion");
            writer.executeNonQueryStatement("USE half_deletion");
            reader.executeNonQueryStatement("USE half_deletion");
            writer.executeNonQueryStatement("CREATE TABLE t (dev STRING TAG, a INT32 FIELD)");
            fill(writer, OLD);
            fill(writer, NEW);
            System.out.println(seen(reader).stream().filter(a -> a == OLD).count());
            CompletableFuture<Void> deletion = CompletableFuture.runAsync(() -> delete(writer));
            boolean some = false;
            while (!deletion.isDone()) {
                some |= seen(reader).contains(OLD);
            }
            deletion.get();
            System.out.println(some ? "some" : "none");
            System.out.println(seen(reader).size());
            writer.executeNonQueryStatement("DROP DATABASE half_deletion");
        }
        System.exit(0);
    }

    private static ITableSession open(String port) throws Exception {
        return new TableSessionBuilder()
                .nodeUrls(List.of("127.0.0.1:" + port))
                .username("root")
                .password("root")
                .build();
    }

    /** Writes the rows, and files around them which the deletion has to be written to, too. */
    private static void fill(ITableSession session, int value) throws Exception {
        StringJoiner rows = new StringJoiner(", ");
        for (int time = 1; time <= ROWS; time++) {
            rows.add("('x', " + time + ", " + value + ")");
        }
        session.executeNonQueryStatement("INSERT INTO t(dev, time, a) VALUES " + rows);
        session.executeNonQueryStatement("FLUSH");
        for (int i = 0; i < FILES; i++) {
            session.executeNonQueryStatement(
                    "INSERT INTO t(dev, time, a) VALUES ('x', 0, 0), ('x', 1000, 0)");
            session.executeNonQueryStatement("FLUSH");
        }
    }

    private static void delete(ITableSession session) {
        StringJoiner or = new StringJoiner(" OR ");
        for (int time = 1; time <= ROWS; time++) {
            or.add("(dev = 'x' AND time = " + time + ")");
        }
        try {
            session.executeNonQueryStatement("DELETE FROM t WHERE " + or);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Integer> seen(ITableSession session) throws Exception {
        List<Integer> seen = new ArrayList<>();
        try (SessionDataSet rows =
                session.executeQueryStatement("SELECT a FROM t WHERE time > 0 AND time < 1000")) {
            while (rows.hasNext()) {
                seen.add(rows.next().getFields().get(0).getIntV());
            }
        }
        return seen;
    }
}
