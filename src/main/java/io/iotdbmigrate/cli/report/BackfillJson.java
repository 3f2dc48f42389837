package io.iotdbmigrate.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillOutcome.AlreadyFinished;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Detached;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Finished;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Report;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Stopped;
import java.nio.file.Path;

/** How a backfill ended, for scripts. */
public final class BackfillJson {
    private BackfillJson() {}

    public static String render(BackfillOutcome outcome, ExitCode exitCode, Path rejectedRows) {
        ObjectNode node = Json.object();
        if (outcome instanceof Finished finished) {
            status(node, "finished", exitCode);
            report(node, finished.report(), rejectedRows);
        } else if (outcome instanceof AlreadyFinished finished) {
            status(node, "already_finished", exitCode);
            report(node, finished.report(), rejectedRows);
        } else if (outcome instanceof Stopped stopped) {
            status(node, "stopped", exitCode).put("resumable", stopped.resumable());
        } else if (outcome instanceof Detached detached) {
            status(node, "detached", exitCode)
                    .put("cluster", detached.cluster().toString())
                    .put("job", detached.job());
        }
        return Json.print(node);
    }

    private static ObjectNode status(ObjectNode node, String status, ExitCode exitCode) {
        return node.put("status", status).put("exit_code", exitCode.code());
    }

    private static void report(ObjectNode node, Report report, Path rejectedRows) {
        ArrayNode tables = node.putArray("tables");
        for (BackfillOutcome.Table t : report.tables()) {
            tables.addObject()
                    .put("name", t.name())
                    .put("mapping", t.mapping())
                    .put("rows", t.rows())
                    .put("points", t.points())
                    .put("devices", t.devices())
                    .put("collapsed", t.collapsed())
                    .put("rejected", t.rejected())
                    .put("empty", t.empty())
                    .put("zero_dates", t.zeroDates())
                    .put("skipped", t.skipped());
        }
        node.put("rows", report.rows())
                .put("rejected", report.rejected())
                .put("finished_at", report.finishedAt().toString())
                .put("seconds", Json.seconds(report.duration()))
                .put("rows_per_second", BackfillText.rowsPerSecond(report));
        if (report.position() == null) {
            node.putNull("position");
        } else {
            Json.put(node, report.position());
        }
        if (report.rejected() > 0) {
            node.put("rejected_file", rejectedRows.toString());
        } else {
            node.putNull("rejected_file");
        }
    }
}
