package io.iotdbmigrate.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The comparison of a table that was copied, and a plain read of its copy. */
final class VerifyBench extends TableBench {
    private static final String READ_HEAP = "768m";

    VerifyBench(int rounds, PrintWriter progress) {
        super(BenchKind.VERIFY, rounds, progress);
    }

    @Override
    void prepare(Readings readings) throws Exception {
        backfill(readings, "before", true);
        if (readings.model() != BenchModel.TREE) {
            backfill(readings.in(BenchModel.TREE), "before", true);
        }
    }

    @Override
    Map<String, Iotdb> iotdb(Readings readings) {
        Map<String, Iotdb> ways = new LinkedHashMap<>();
        for (int fetchRows : RawRead.FETCH_ROWS) {
            ways.put(fetchRows + " rows a fetch", round -> read(readings, fetchRows, round));
        }
        return ways;
    }

    private static double read(Readings readings, int fetchRows, String round) throws Exception {
        String[] r = readings.arguments();
        String rows = Integer.toString(fetchRows);
        MeasuredProcess read =
                MeasuredProcess.run(
                        String.join("-", readings.table(), "read", rows, round),
                        MeasuredProcess.java(
                                READ_HEAP,
                                RawRead.class,
                                r[0],
                                r[1],
                                rows,
                                readings.model().name()));
        requireEqual("rows read", readings.rows(), read.report().path("rows").asLong());
        return read.report().path("seconds").asDouble();
    }

    @Override
    MeasuredProcess tool(Readings readings, String round) throws Exception {
        MeasuredProcess process = run(BenchKind.VERIFY.command(), readings, round);
        JsonNode table = process.report().path("tables").path(0);
        requireEqual("rows of MySQL", readings.rows(), table.path("mysql_rows").asLong());
        requireEqual("rows of IoTDB", readings.rows(), table.path("iotdb_rows").asLong());
        requireEqual("differences", 0, process.report().path("differences").asLong(-1));
        return process;
    }
}
