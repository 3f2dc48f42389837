package io.iotdbmigrate.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.verify.DifferenceJson;
import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.VerifyReport;
import io.iotdbmigrate.verify.VerifyReport.Positions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a comparison came to, for scripts. */
public final class VerifyJson {
    private VerifyJson() {}

    public static String render(VerifyReport report, ExitCode exitCode) {
        ObjectNode node = Json.object();
        node.put("status", report.equal() ? "equal" : "different")
                .put("exit_code", exitCode.code())
                .put("mode", report.mode())
                .put("differences", report.count());
        tables(node, report);
        List<String> names = report.tables().stream().map(VerifyReport.Table::name).toList();
        ArrayNode shown = node.putArray("shown");
        report.differences().forEach(d -> shown.add(DifferenceJson.of(d, names)));
        about(
                node,
                report.differencesFile(),
                report.positions(),
                report.notCompared(),
                report.notes());
        repair(node, report.repair());
        node.put("started_at", report.startedAt().toString())
                .put("finished_at", report.finishedAt().toString())
                .put("seconds", Json.seconds(report.duration()));
        return Json.print(node);
    }

    /** Writes what reports of every kind say about themselves. */
    static void about(
            ObjectNode node,
            @Nullable Path differencesFile,
            Positions positions,
            List<String> notCompared,
            List<String> notes) {
        if (differencesFile == null) {
            node.putNull("differences_file");
        } else {
            node.put("differences_file", differencesFile.toString());
        }
        position(node, "position_before", positions.before());
        position(node, "position_after", positions.after());
        position(node, "equal_at", positions.equalAt());
        notCompared.forEach(node.putArray("not_compared")::add);
        notes.forEach(node.putArray("notes")::add);
    }

    private static void tables(ObjectNode node, VerifyReport report) {
        ArrayNode tables = node.putArray("tables");
        for (VerifyReport.Table t : report.tables()) {
            ObjectNode table = tables.addObject();
            table.put("name", t.name())
                    .put("mapping", t.mapping())
                    .put("mysql_rows", t.mysqlRows())
                    .put("iotdb_rows", t.iotdbRows())
                    .put("missing", t.missing())
                    .put("extra", t.extra())
                    .put("different", t.different())
                    .put("empty", t.empty())
                    .put("rejected", t.rejected())
                    .put("collapsed", t.collapsed())
                    .put("kept", t.kept())
                    .put("mysql_checksum", t.mysqlChecksum())
                    .put("iotdb_checksum", t.iotdbChecksum());
            ArrayNode devices = table.putArray("devices");
            for (VerifyReport.Device d : t.devices()) {
                devices.addObject()
                        .put("device", d.path())
                        .put("differences", d.differences())
                        .put("from", d.from().toString())
                        .put("to", d.to().toString());
            }
        }
    }

    private static void position(ObjectNode node, String name, @Nullable BinlogPosition position) {
        if (position == null) {
            node.putNull(name);
        } else {
            node.putObject(name)
                    .put("file", position.file())
                    .put("offset", position.offset())
                    .put("gtid_set", position.gtidSet());
        }
    }

    private static void repair(ObjectNode node, @Nullable Repaired repair) {
        if (repair == null) {
            node.putNull("repair");
            return;
        }
        ObjectNode of = node.putObject("repair");
        Repaired.Plan plan = repair.plan();
        of.put("executed", repair.executed())
                .put("execution", repair.execution().name().toLowerCase(Locale.ROOT))
                .put("rows_to_write", plan.rowsToWrite())
                .put("values_to_write", plan.pointsToWrite())
                .put("rows_to_delete", plan.rowsToDelete())
                .put("points_to_delete", plan.pointsToDelete())
                .put("unknown_devices", plan.unknownDevices())
                .put("left", repair.left());
        plan.examples().forEach(of.putArray("unknown_device_examples")::add);
        Repaired.After after = repair.after();
        if (after != null) {
            of.put("still_different", after.stillDifferent())
                    .put("devices_counted", after.devices())
                    .put("devices_differing", after.differingDevices());
        }
        ArrayNode impossible = of.putArray("not_repairable");
        repair.notRepairable().forEach(impossible::add);
    }
}
