package io.iotdbmigrate.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.util.Locale;

/** What {@code check} found, for scripts. */
public final class CheckJson {
    private CheckJson() {}

    public static String render(CheckReport report) {
        ObjectNode node = Json.object();
        node.put("status", report.exitCode() == ExitCode.DONE ? "ready" : "not_ready");
        node.put("exit_code", report.exitCode().code());
        ArrayNode findings = node.putArray("findings");
        for (Finding finding : report.findings()) {
            findings.addObject()
                    .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                    .put("subject", finding.subject())
                    .put("message", finding.message())
                    .put("remedy", finding.remedy());
        }
        ArrayNode tables = node.putArray("tables");
        for (CheckReport.Table table : report.tables()) {
            ObjectNode entry =
                    tables.addObject()
                            .put("name", table.name())
                            .put("estimated_rows", table.estimatedRows())
                            .put("chunk_key", table.chunkKey());
            entry.set("counts", table.counts() == null ? null : counts(table.counts()));
        }
        return Json.print(node);
    }

    private static ObjectNode counts(CheckReport.Counts counts) {
        return Json.object()
                .put("rows", counts.rows())
                .put("sampled", counts.sampled())
                .put("devices", counts.devices())
                .put("collapsed", counts.collapsed() < 0 ? null : counts.collapsed())
                .put("null_devices", counts.nullDevices())
                .put("null_times", counts.nullTimes())
                .put("zero_dates", counts.zeroDates())
                .put("lost", counts.lost());
    }
}
