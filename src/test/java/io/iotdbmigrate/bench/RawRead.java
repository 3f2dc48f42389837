package io.iotdbmigrate.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/**
 * Reads all the table's rows from IoTDB as fast as it goes on one session, every value by its
 * natural getter. Prints the seconds from connecting to the last row. Arguments: those of {@link
 * Readings}, rows per fetch.
 */
public final class RawRead {
    /** Those that are tried; the fastest counts. */
    static final int[] FETCH_ROWS = {5_000, 50_000};

    private static final int DEVICES_A_QUERY = 500;
    private static final long PATIENCE_MILLIS = 900_000;

    private RawRead() {}

    public static void main(String[] args)
            throws IoTDBConnectionException, StatementExecutionException {
        Readings readings = Readings.of(args);
        int fetchRows = Integer.parseInt(args[2]);
        long start = System.nanoTime();
        long rows = 0;
        long digest = 0;
        try (Session session = BenchIotdb.open()) {
            session.setFetchSize(fetchRows);
            for (int from = 0; from < readings.devices(); from += DEVICES_A_QUERY) {
                int to = Math.min(from + DEVICES_A_QUERY, readings.devices());
                try (SessionDataSet answer =
                        session.executeQueryStatement(query(readings, from, to), PATIENCE_MILLIS)) {
                    SessionDataSet.DataIterator row = answer.iterator();
                    while (row.next()) {
                        digest = digest * 31 + digest(row);
                        rows++;
                    }
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "{\"seconds\": %.3f, \"rows\": %d, \"digest\": %d}%n",
                seconds,
                rows,
                digest);
    }

    private static String query(Readings readings, int from, int to) {
        List<String> devices = IntStream.range(from, to).mapToObj(readings::path).toList();
        return "SELECT id, temperature, humidity, cycles, state, ok, note FROM "
                + devices.stream().collect(Collectors.joining(", "))
                + " ALIGN BY DEVICE";
    }

    /** Uses every value, so that none can be left out; columns 1 and 2 are time and device. */
    private static long digest(SessionDataSet.DataIterator row)
            throws IoTDBConnectionException, StatementExecutionException {
        return row.getLong(1)
                + row.getString(2).length()
                + row.getLong(3)
                + Double.doubleToRawLongBits(row.getDouble(4))
                + Float.floatToRawIntBits(row.getFloat(5))
                + row.getLong(6)
                + row.getInt(7)
                + (row.getBoolean(8) ? 1 : 0)
                + row.getString(9).length();
    }
}
