package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.tsfile.enums.ColumnCategory;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.utils.Binary;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;

/** The table's rows as IoTDB likes them best: device by device, times ascending. */
record ReadingTablets(Readings readings, IngestBatch batch) {
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final long STEP_MILLIS = 1000;
    private static final List<IMeasurementSchema> SCHEMAS =
            List.of(
                    new MeasurementSchema("id", TSDataType.INT64),
                    new MeasurementSchema("temperature", TSDataType.DOUBLE),
                    new MeasurementSchema("humidity", TSDataType.FLOAT),
                    new MeasurementSchema("cycles", TSDataType.INT64),
                    new MeasurementSchema("state", TSDataType.INT32),
                    new MeasurementSchema("ok", TSDataType.BOOLEAN),
                    new MeasurementSchema("note", TSDataType.TEXT));
    private static final List<IMeasurementSchema> TABLE_SCHEMAS =
            Stream.concat(
                            Stream.of(new MeasurementSchema("device_id", TSDataType.STRING)),
                            SCHEMAS.stream())
                    .toList();
    private static final List<ColumnCategory> CATEGORIES =
            IntStream.range(0, TABLE_SCHEMAS.size())
                    .mapToObj(i -> i == 0 ? ColumnCategory.TAG : ColumnCategory.FIELD)
                    .toList();

    /** Names of the columns that become series. */
    static final List<String> COLUMNS =
            SCHEMAS.stream().map(IMeasurementSchema::getMeasurementName).toList();

    private static final Binary[] NOTES =
            IntStream.range(0, 100)
                    .mapToObj(i -> new Binary(("n" + i).getBytes(UTF_8)))
                    .toArray(Binary[]::new);

    /** The calls that write the devices from one up to, not including, another. */
    List<Map<String, Tablet>> calls(int fromDevice, int toDevice) {
        List<Map<String, Tablet>> calls = new ArrayList<>();
        Map<String, Tablet> call = new LinkedHashMap<>();
        int rowsInCall = 0;
        for (int device = fromDevice; device < toDevice; device++) {
            String path = readings.path(device);
            long rows = readings.rowsOf(device);
            for (long k = 0; k < rows; k += batch.rowsPerTablet()) {
                int count = (int) Math.min(batch.rowsPerTablet(), rows - k);
                if (rowsInCall + count > batch.rowsPerCall() || call.containsKey(path)) {
                    calls.add(call);
                    call = new LinkedHashMap<>();
                    rowsInCall = 0;
                }
                call.put(path, tablet(path, device, k, count));
                rowsInCall += count;
            }
        }
        if (!call.isEmpty()) {
            calls.add(call);
        }
        return calls;
    }

    /**
     * Makes the calls of the table model, each of one tablet, for the same devices. The rows of a
     * device stand together.
     */
    List<Tablet> tables(int fromDevice, int toDevice) {
        List<Tablet> calls = new ArrayList<>();
        Rows rows = new Rows(batch.rowsPerCall());
        for (int device = fromDevice; device < toDevice; device++) {
            for (long k = 0; k < readings.rowsOf(device); k++) {
                rows.add(readings, device, k);
                if (rows.count == batch.rowsPerCall()) {
                    calls.add(rows.table(readings));
                    rows = new Rows(batch.rowsPerCall());
                }
            }
        }
        if (rows.count > 0) {
            calls.add(rows.table(readings));
        }
        return calls;
    }

    private Tablet tablet(String path, int device, long from, int count) {
        Rows rows = new Rows(count);
        for (int i = 0; i < count; i++) {
            rows.add(readings, device, from + i);
        }
        return rows.tree(path);
    }

    /** Columns of a tablet that is being filled. */
    private static final class Rows {
        private final long[] times;
        private final Binary[] device;
        private final long[] id;
        private final double[] temperature;
        private final float[] humidity;
        private final long[] cycles;
        private final int[] state;
        private final boolean[] ok;
        private final Binary[] note;
        private int count;

        Rows(int most) {
            times = new long[most];
            device = new Binary[most];
            id = new long[most];
            temperature = new double[most];
            humidity = new float[most];
            cycles = new long[most];
            state = new int[most];
            ok = new boolean[most];
            note = new Binary[most];
        }

        void add(Readings readings, int ofDevice, long k) {
            long n = k * readings.devices() + ofDevice;
            times[count] = START + k * STEP_MILLIS;
            device[count] =
                    k > 0 && count > 0
                            ? device[count - 1]
                            : new Binary(Integer.toString(ofDevice).getBytes(UTF_8));
            id[count] = n + 1;
            temperature[count] = 20 + Math.sin((double) n) * 10;
            humidity[count] = (float) (new SplittableRandom(n).nextDouble() * 100);
            cycles[count] = n * 3;
            state[count] = (int) (n % 17);
            ok[count] = n % 2 == 1;
            note[count] = NOTES[(int) (n % NOTES.length)];
            count++;
        }

        Tablet tree(String path) {
            Object[] values = {id, temperature, humidity, cycles, state, ok, note};
            return new Tablet(path, SCHEMAS, times, values, null, count);
        }

        Tablet table(Readings readings) {
            Object[] values = {device, id, temperature, humidity, cycles, state, ok, note};
            return new Tablet(
                    readings.table(), TABLE_SCHEMAS, CATEGORIES, times, values, null, count);
        }
    }
}
