package io.iotdbmigrate.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The backfill of a table, and a plain write of its rows. */
final class BackfillBench extends TableBench {
    private static final String INGEST_HEAP = "2g";
    private static final int[] TABLET_ROWS = {1_000, 10_000, 50_000};

    BackfillBench(int rounds, PrintWriter progress) {
        super(BenchKind.BACKFILL, rounds, progress);
    }

    @Override
    void prepare(Readings readings) {
        // IoTDB is empty before each write.
    }

    @Override
    Map<String, Iotdb> iotdb(Readings readings) {
        Map<String, Iotdb> ways = new LinkedHashMap<>();
        if (readings.model() == BenchModel.TABLE) {
            for (int rows : TABLET_ROWS) {
                ways.put(rows + " rows a tablet", round -> ingest(readings, rows, round));
            }
            return ways;
        }
        for (IngestBatch batch : IngestBatch.CANDIDATES) {
            ways.put(batch.label(), round -> ingest(readings, batch, round));
        }
        return ways;
    }

    private static double ingest(Readings readings, int tabletRows, String round) throws Exception {
        String[] r = readings.arguments();
        String rows = Integer.toString(tabletRows);
        return ingested(
                readings,
                round,
                MeasuredProcess.run(
                        String.join("-", readings.table(), "ingest", "table", rows, round),
                        MeasuredProcess.java(INGEST_HEAP, RawTableIngest.class, r[0], r[1], rows)));
    }

    private static double ingest(Readings readings, IngestBatch batch, String round)
            throws Exception {
        String[] r = readings.arguments();
        String tabletRows = Integer.toString(batch.rowsPerTablet());
        String callRows = Integer.toString(batch.rowsPerCall());
        return ingested(
                readings,
                round,
                MeasuredProcess.run(
                        String.join("-", readings.table(), "ingest", tabletRows, callRows, round),
                        MeasuredProcess.java(
                                INGEST_HEAP, RawIngest.class, r[0], r[1], tabletRows, callRows)));
    }

    private static double ingested(Readings readings, String round, MeasuredProcess ingest)
            throws Exception {
        if (round.equals(WARM_UP)) {
            requireContent(readings);
        }
        BenchIotdb.dropDatabases();
        return ingest.report().path("seconds").asDouble();
    }

    @Override
    MeasuredProcess tool(Readings readings, String round) throws Exception {
        try {
            return backfill(readings, round, round.equals(WARM_UP));
        } finally {
            BenchIotdb.dropDatabases();
        }
    }
}
