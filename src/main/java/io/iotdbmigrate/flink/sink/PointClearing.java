package io.iotdbmigrate.flink.sink;

import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Deletes points with few requests. A deletion of one point takes IoTDB about 1 ms, one of a range
 * about 25 ms however many points it covers: so many times lying side by side become a range, if no
 * point that stays lies between them.
 */
final class PointClearing {
    /** From so many times on, asking first and deleting a range is cheaper. */
    private static final int WORTH_A_RANGE = 25;

    private final Target target;

    PointClearing(Target target) {
        this.target = target;
    }

    /**
     * Deletes the points of these measurements at these times.
     *
     * @param sorted ascending, each once
     */
    void clear(TableMapping mapping, Device device, List<Integer> measurements, long[] sorted)
            throws IOException {
        if (sorted.length < WORTH_A_RANGE) {
            for (long time : sorted) {
                target.deletePoints(mapping, device, measurements, time);
            }
            return;
        }
        int limit = 2 * sorted.length + WORTH_A_RANGE;
        long last = sorted[sorted.length - 1];
        long[] existing = target.times(mapping, device, measurements, sorted[0], last, limit);
        boolean all = existing.length < limit;
        long known = all ? last : existing[existing.length - 1];
        int runStart = -1;
        int runLength = 0;
        for (int i = 0; i <= existing.length; i++) {
            boolean goes = i < existing.length && Arrays.binarySearch(sorted, existing[i]) >= 0;
            if (goes) {
                runStart = runLength == 0 ? i : runStart;
                runLength++;
            } else if (runLength > 0) {
                clearRun(mapping, device, measurements, existing, runStart, runLength);
                runLength = 0;
            }
        }
        if (!all) {
            int next = Arrays.binarySearch(sorted, known);
            int from = next >= 0 ? next + 1 : -next - 1;
            clear(mapping, device, measurements, Arrays.copyOfRange(sorted, from, sorted.length));
        }
    }

    private void clearRun(
            TableMapping mapping,
            Device device,
            List<Integer> measurements,
            long[] existing,
            int start,
            int length)
            throws IOException {
        if (length >= WORTH_A_RANGE) {
            target.deleteRange(
                    mapping, device, measurements, existing[start], existing[start + length - 1]);
        } else {
            for (int i = start; i < start + length; i++) {
                target.deletePoints(mapping, device, measurements, existing[i]);
            }
        }
    }
}
