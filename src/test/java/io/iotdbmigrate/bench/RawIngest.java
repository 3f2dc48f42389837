package io.iotdbmigrate.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.write.record.Tablet;

/**
 * Writes the table's rows with IoTDB's client as fast as it goes on one session. Prints the seconds
 * of connecting and of the writes; making the tablets is left out, in slices that bound the memory.
 * Arguments: those of {@link Readings}, rows per tablet, rows per call.
 */
public final class RawIngest {
    private static final long SLICE_ROWS = 2_000_000;

    private RawIngest() {}

    public static void main(String[] args)
            throws IoTDBConnectionException, StatementExecutionException {
        Readings readings = Readings.of(args);
        IngestBatch batch = new IngestBatch(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        ReadingTablets tablets = new ReadingTablets(readings, batch);
        int devicesPerSlice = (int) Math.max(1, SLICE_ROWS / Math.max(1, readings.rowsOf(0)));
        List<Map<String, Tablet>> calls =
                tablets.calls(0, Math.min(devicesPerSlice, readings.devices()));

        long start = System.nanoTime();
        try (Session session = BenchIotdb.open()) {
            long nanos = System.nanoTime() - start + insert(session, calls);
            for (int d = devicesPerSlice; d < readings.devices(); d += devicesPerSlice) {
                calls = tablets.calls(d, Math.min(d + devicesPerSlice, readings.devices()));
                nanos += insert(session, calls);
            }
            System.out.printf(Locale.ROOT, "{\"seconds\": %.3f}%n", nanos / 1e9);
        }
    }

    private static long insert(Session session, List<Map<String, Tablet>> calls)
            throws IoTDBConnectionException, StatementExecutionException {
        long start = System.nanoTime();
        for (Map<String, Tablet> call : calls) {
            if (call.size() == 1) {
                session.insertAlignedTablet(call.values().iterator().next(), true);
            } else {
                session.insertAlignedTablets(call, true);
            }
        }
        return System.nanoTime() - start;
    }
}
