package io.iotdbmigrate.bench;

import io.iotdbmigrate.iotdb.DeviceGroups;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iotdb.isession.ITableSession;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/**
 * Reads all the table's rows from IoTDB as fast as it goes on one session, every value by its
 * natural getter. Prints the seconds from connecting to the last row. Arguments: those of {@link
 * Readings}, rows per fetch, a {@link BenchModel}.
 */
public final class RawRead {
    /** Those that are tried; the fastest counts. */
    static final int[] FETCH_ROWS = {5_000, 50_000};

    private static final long PATIENCE_MILLIS = 900_000;

    private RawRead() {}

    public static void main(String[] args)
            throws IoTDBConnectionException, StatementExecutionException {
        Readings readings = Readings.of(args);
        int fetchRows = Integer.parseInt(args[2]);
        RawRows rows = new RawRows();
        if (BenchModel.valueOf(args[3]) == BenchModel.TABLE) {
            readTable(readings, fetchRows, rows);
        } else {
            readTree(readings, fetchRows, rows);
        }
        rows.print();
    }

    private static void readTable(Readings readings, int fetchRows, RawRows rows)
            throws IoTDBConnectionException, StatementExecutionException {
        try (ITableSession session = BenchIotdb.openTables(fetchRows);
                SessionDataSet answer =
                        session.executeQueryStatement(
                                "SELECT time, device_id, id, temperature, humidity, cycles, state, ok, note FROM %s.%s"
                                        .formatted(readings.database(), readings.table()),
                                PATIENCE_MILLIS)) {
            SessionDataSet.DataIterator row = answer.iterator();
            while (row.next()) {
                rows.add(digest(row));
            }
        }
    }

    private static void readTree(Readings readings, int fetchRows, RawRows rows)
            throws IoTDBConnectionException, StatementExecutionException {
        try (Session session = BenchIotdb.open()) {
            session.setFetchSize(fetchRows);
            List<String> devices =
                    IntStream.range(0, readings.devices()).mapToObj(readings::path).toList();
            for (List<String> group : DeviceGroups.of(devices)) {
                try (SessionDataSet answer =
                        session.executeQueryStatement(query(group), PATIENCE_MILLIS)) {
                    SessionDataSet.DataIterator row = answer.iterator();
                    while (row.next()) {
                        rows.add(digest(row));
                    }
                }
            }
        }
    }

    private static String query(List<String> devices) {
        return "SELECT id, temperature, humidity, cycles, state, ok, note FROM "
                + String.join(", ", devices)
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
