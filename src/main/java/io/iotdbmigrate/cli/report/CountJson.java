package io.iotdbmigrate.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.verify.CountReport;

/** What counting both sides came to, for scripts. */
public final class CountJson {
    private CountJson() {}

    public static String render(CountReport report, ExitCode exitCode) {
        ObjectNode node = Json.object();
        node.put("status", report.equal() ? "equal" : "different")
                .put("exit_code", exitCode.code())
                .put("mode", CountReport.MODE)
                .put("values_compared", false)
                .put("differing_devices", report.differing());
        tables(node, report);
        ArrayNode shown = node.putArray("shown");
        for (CountReport.Device device : report.devices()) {
            shown.addObject()
                    .put("table", device.table())
                    .put("device", device.path())
                    .put("mysql_points", device.mysqlPoints())
                    .put("iotdb_rows", device.iotdbRows());
        }
        VerifyJson.about(
                node,
                report.differencesFile(),
                report.positions(),
                report.notCompared(),
                report.notes());
        node.put("finished_at", report.finishedAt().toString())
                .put("seconds", Json.seconds(report.duration()));
        return Json.print(node);
    }

    private static void tables(ObjectNode node, CountReport report) {
        ArrayNode tables = node.putArray("tables");
        for (CountReport.Table t : report.tables()) {
            tables.addObject()
                    .put("name", t.name())
                    .put("mapping", t.mapping())
                    .put("devices", t.devices())
                    .put("differing_devices", t.differing())
                    .put("mysql_rows", t.mysql().rows())
                    .put("mysql_points", t.mysql().points())
                    .put("iotdb_rows", t.iotdb().rows())
                    .put("empty", t.mysql().empty())
                    .put("rejected", t.mysql().rejected())
                    .put("collapsed", t.mysql().collapsed())
                    .put("kept", t.iotdb().marked());
        }
    }
}
