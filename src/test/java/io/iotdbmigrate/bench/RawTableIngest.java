package io.iotdbmigrate.bench;

import java.util.List;
import java.util.Locale;
import org.apache.iotdb.isession.ITableSession;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.tsfile.write.record.Tablet;

/**
 * Writes the table's rows into IoTDB's table model with IoTDB's client as fast as it goes on one
 * session. Prints the seconds of the writes; making the tablets is left out, in slices that bound
 * the memory. Arguments: those of {@link Readings}, rows per tablet.
 */
public final class RawTableIngest {
    private static final long SLICE_ROWS = 2_000_000;

    private RawTableIngest() {}

    public static void main(String[] args)
            throws IoTDBConnectionException, StatementExecutionException {
        Readings readings = Readings.of(args).in(BenchModel.TABLE);
        int rows = Integer.parseInt(args[2]);
        ReadingTablets tablets = new ReadingTablets(readings, new IngestBatch(rows, rows));
        int devicesPerSlice = (int) Math.max(1, SLICE_ROWS / Math.max(1, readings.rowsOf(0)));
        try (ITableSession session = BenchIotdb.openTables()) {
            session.executeNonQueryStatement("CREATE DATABASE " + readings.database());
            session.executeNonQueryStatement("USE " + readings.database());
            session.executeNonQueryStatement(
                    "CREATE TABLE %s (device_id STRING TAG, id INT64 FIELD, temperature DOUBLE FIELD, humidity FLOAT FIELD, cycles INT64 FIELD, state INT32 FIELD, ok BOOLEAN FIELD, note TEXT FIELD)"
                            .formatted(readings.table()));
            long nanos = 0;
            for (int d = 0; d < readings.devices(); d += devicesPerSlice) {
                List<Tablet> calls =
                        tablets.tables(d, Math.min(d + devicesPerSlice, readings.devices()));
                long start = System.nanoTime();
                for (Tablet call : calls) {
                    session.insert(call);
                }
                nanos += System.nanoTime() - start;
            }
            System.out.printf(Locale.ROOT, "{\"seconds\": %.3f}%n", nanos / 1e9);
        }
    }
}
