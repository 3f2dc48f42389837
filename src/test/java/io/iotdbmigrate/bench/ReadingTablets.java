package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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

    private Tablet tablet(String path, int device, long from, int count) {
        long[] times = new long[count];
        long[] id = new long[count];
        double[] temperature = new double[count];
        float[] humidity = new float[count];
        long[] cycles = new long[count];
        int[] state = new int[count];
        boolean[] ok = new boolean[count];
        Binary[] note = new Binary[count];
        for (int i = 0; i < count; i++) {
            long n = (from + i) * readings.devices() + device;
            times[i] = START + (from + i) * STEP_MILLIS;
            id[i] = n + 1;
            temperature[i] = 20 + Math.sin((double) n) * 10;
            humidity[i] = (float) (new SplittableRandom(n).nextDouble() * 100);
            cycles[i] = n * 3;
            state[i] = (int) (n % 17);
            ok[i] = n % 2 == 1;
            note[i] = NOTES[(int) (n % NOTES.length)];
        }
        Object[] values = {id, temperature, humidity, cycles, state, ok, note};
        return new Tablet(path, SCHEMAS, times, values, null, count);
    }
}
