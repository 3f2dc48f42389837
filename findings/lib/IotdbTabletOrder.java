import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.iotdb.isession.ITableSession;
import org.apache.iotdb.session.TableSessionBuilder;
import org.apache.tsfile.enums.ColumnCategory;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.utils.Binary;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;

/**
 * PORT DEVICES: writes the same rows of so many devices into two tables, device by device and time
 * by time, in tablets of 20,000 rows. All devices were written before. Prints "alike" if the second
 * order takes less than three times as long as the first, else "slower"; the seconds go to stderr.
 */
public class IotdbTabletOrder {
    private static final int ROWS = 20_000;
    private static final int ALL = 400_000;
    private static final List<String> FIELDS = List.of("v", "w", "x", "y", "z");

    public static void main(String[] arguments) throws Exception {
        int devices = Integer.parseInt(arguments[1]);
        try (ITableSession session =
                new TableSessionBuilder()
                        .nodeUrls(List.of("127.0.0.1:" + arguments[0]))
                        .username("root")
                        .password("root")
                        .build()) {
            session.executeNonQueryStatement("CREATE DATABASE devices_" + devices);
            session.executeNonQueryStatement("USE devices_" + devices);
            double grouped = write(session, "grouped", devices, true);
            double mixed = write(session, "mixed", devices, false);
            System.err.printf("%d devices: %.2f s, %.2f s%n", devices, grouped, mixed);
            System.out.println(mixed < 3 * grouped ? "alike" : "slower");
        }
        System.exit(0);
    }

    private static double write(ITableSession session, String table, int devices, boolean grouped)
            throws Exception {
        session.executeNonQueryStatement(
                "CREATE TABLE " + table + " (d STRING TAG, " + String.join(" DOUBLE FIELD, ", FIELDS)
                        + " DOUBLE FIELD)");
        List<Tablet> tablets = new ArrayList<>();
        for (int from = 0; from < ALL; from += ROWS) {
            tablets.add(tablet(table, from, devices, grouped));
        }
        double seconds = 0;
        for (int round = 0; round < 2; round++) {
            long start = System.nanoTime();
            for (Tablet tablet : tablets) {
                session.insert(tablet);
            }
            seconds = (System.nanoTime() - start) / 1e9;
        }
        return seconds;
    }

    private static Tablet tablet(String table, int from, int devices, boolean grouped) {
        int times = ALL / devices;
        long[] time = new long[ROWS];
        Binary[] device = new Binary[ROWS];
        double[] values = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            int n = from + i;
            time[i] = 1_700_000_000_000L + 1000L * (grouped ? n % times : n / devices);
            String name = "d" + (grouped ? n / times : n % devices);
            device[i] = new Binary(name, StandardCharsets.UTF_8);
            values[i] = n;
        }
        List<IMeasurementSchema> schemas = new ArrayList<>();
        schemas.add(new MeasurementSchema("d", TSDataType.STRING));
        FIELDS.forEach(name -> schemas.add(new MeasurementSchema(name, TSDataType.DOUBLE)));
        List<ColumnCategory> categories =
                new ArrayList<>(Collections.nCopies(schemas.size(), ColumnCategory.FIELD));
        categories.set(0, ColumnCategory.TAG);
        Object[] columns = {device, values, values, values, values, values};
        return new Tablet(table, schemas, categories, time, columns, null, ROWS);
    }
}
