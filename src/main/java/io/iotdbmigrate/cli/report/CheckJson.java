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
            tables.addObject().put("name", table.name()).put("rows", table.rows());
        }
        return Json.print(node);
    }
}
