package io.iotdbmigrate.bench;

import java.util.List;
import java.util.Locale;

/**
 * How many rows a write to IoTDB carries.
 *
 * @param rowsPerTablet of one device
 * @param rowsPerCall over all tablets of a call, each of another device
 */
record IngestBatch(int rowsPerTablet, int rowsPerCall) {
    /** Those that are tried; the fastest counts. */
    static final List<IngestBatch> CANDIDATES =
            List.of(
                    new IngestBatch(1_000, 1_000),
                    new IngestBatch(10_000, 10_000),
                    new IngestBatch(10_000, 50_000));

    String label() {
        return String.format(
                Locale.ROOT, "%d rows a tablet, %d a call", rowsPerTablet, rowsPerCall);
    }
}
