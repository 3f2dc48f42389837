import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.thrift.TException;
import org.apache.tsfile.read.common.Field;
import org.apache.tsfile.read.common.RowRecord;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prints what IoTDB answers to queries, independently of iotdb-migrate: as tables, or with {@code
 * --tsv} as lines of tab-separated values for scripts. The server is the one of the environment's
 * IOTDB_HOST, IOTDB_PORT, IOTDB_USER and IOTDB_PASSWORD; times are shown in the zone of TZ.
 *
 * <p>{@code java -cp 'LIB/*' IotdbQuery.java [--tsv] QUERY...}, LIB being that of the distribution.
 */
final class IotdbQuery {
    private static final Set<String> NUMBERS = Set.of("INT32", "INT64", "FLOAT", "DOUBLE");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "us", ChronoUnit.MICROS, "ns", ChronoUnit.NANOS);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSxxx");
    private static final DateTimeFormatter FINER_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSSxxx");

    private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    private final ZoneId zone = ZoneId.systemDefault();
    private final ChronoUnit unit;

    private IotdbQuery(ChronoUnit unit) {
        this.unit = unit;
    }

    public static void main(String[] arguments) {
        List<String> queries = new ArrayList<>(List.of(arguments));
        boolean tsv = queries.remove("--tsv");
        if (queries.isEmpty()) {
            System.err.println("Usage: IotdbQuery [--tsv] QUERY...");
            System.exit(2);
        }
        String address = variable("IOTDB_HOST", "127.0.0.1") + ":" + variable("IOTDB_PORT", "6667");
        try (Session session =
                new Session.Builder()
                        .nodeUrls(List.of(address))
                        .username(variable("IOTDB_USER", "root"))
                        .password(variable("IOTDB_PASSWORD", "root"))
                        .zoneId(ZoneId.systemDefault())
                        .enableRedirection(false)
                        .build()) {
            session.open(false, 5_000);
            IotdbQuery printer = new IotdbQuery(UNITS.get(session.getTimestampPrecision()));
            for (String query : queries) {
                try (SessionDataSet answer = session.executeQueryStatement(query)) {
                    printer.print(answer, tsv);
                }
            }
        } catch (StatementExecutionException e) {
            fail(e.getMessage());
        } catch (IoTDBConnectionException | TException e) {
            fail("no IoTDB answers at " + address + ": " + e.getMessage());
        }
    }

    private static String variable(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    private static void fail(String sentence) {
        System.err.println("error: " + sentence);
        System.exit(1);
    }

    private void print(SessionDataSet answer, boolean tsv)
            throws StatementExecutionException, IoTDBConnectionException {
        List<List<String>> rows = new ArrayList<>();
        List<String> names = answer.getColumnNames();
        boolean timed = names.get(0).equals("Time");
        while (answer.hasNext()) {
            rows.add(cells(answer.next(), timed));
        }
        if (tsv) {
            rows.forEach(row -> out.println(String.join("\t", row)));
        } else {
            printTable(names, types(answer, timed), rows);
        }
        out.flush();
    }

    private List<String> cells(RowRecord row, boolean timed) {
        List<String> cells = new ArrayList<>();
        if (timed) {
            cells.add(time(row.getTimestamp()));
        }
        row.getFields().forEach(field -> cells.add(text(field)));
        return cells;
    }

    private String text(Field field) {
        if (field == null || field.getDataType() == null) {
            return "null";
        }
        return switch (field.getDataType()) {
            case TIMESTAMP -> time(field.getLongV());
            case BLOB -> "0x" + HexFormat.of().formatHex(field.getBinaryV().getValues());
            default -> field.getStringValue();
        };
    }

    private String time(long value) {
        Instant instant = Instant.EPOCH.plus(value, unit);
        return (unit == ChronoUnit.MILLIS ? TIME : FINER_TIME).format(instant.atZone(zone));
    }

    /** The session names INT64 as the type of the time column. */
    private static List<String> types(SessionDataSet answer, boolean timed) {
        List<String> types = new ArrayList<>(answer.getColumnTypes());
        if (timed) {
            types.set(0, "TIMESTAMP");
        }
        return types;
    }

    private void printTable(List<String> names, List<String> types, List<List<String>> rows) {
        int[] widths = names.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        printRow(names, types, widths);
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        printRow(rule, types, widths);
        rows.forEach(row -> printRow(row, types, widths));
        out.printf("(%,d %s)%n", rows.size(), rows.size() == 1 ? "row" : "rows");
    }

    private void printRow(List<String> cells, List<String> types, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            boolean number = NUMBERS.contains(types.get(i));
            line.append(i == 0 ? "" : "  ")
                    .append(number ? padding + cells.get(i) : cells.get(i) + padding);
        }
        out.println(line.toString().stripTrailing());
    }
}
