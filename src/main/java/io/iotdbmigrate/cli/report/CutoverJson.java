package io.iotdbmigrate.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.cutover.CutoverPlan;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Facts;
import io.iotdbmigrate.cutover.StepState;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.model.Finding;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A cutover for scripts. */
public final class CutoverJson {
    private CutoverJson() {}

    public static String render(CutoverPlan plan) {
        ObjectNode node = Json.object();
        node.put("status", plan.ready() ? "ready" : "not_ready")
                .put("exit_code", plan.exitCode().code());
        ArrayNode steps = node.putArray("steps");
        for (CutoverPlan.Planned step : plan.steps()) {
            steps.addObject()
                    .put("step", word(step.step()))
                    .put("what", step.what())
                    .put("limit_seconds", Json.seconds(step.limit()));
        }
        ArrayNode findings = node.putArray("findings");
        for (Finding finding : plan.findings()) {
            findings.addObject()
                    .put("severity", word(finding.severity()))
                    .put("subject", finding.subject())
                    .put("message", finding.message())
                    .put("remedy", finding.remedy());
        }
        return Json.print(node);
    }

    public static String render(CutoverReport report, @Nullable Path file) {
        Facts facts = report.state().facts();
        ObjectNode node = Json.object();
        node.put("status", word(report.ending()))
                .put("exit_code", report.ending().exitCode().code())
                .put("sentence", report.sentence())
                .put("rehearsal", report.state().rehearsal())
                .put("started_at", report.state().startedAt().toString())
                .put("ended_at", report.endedAt().toString())
                .put("paused_seconds", Json.seconds(report.paused()))
                .put("writes_resumed", facts.pausedAt() == null || facts.resumedAt() != null)
                .put("savepoint", facts.savepoint());
        if (facts.position() == null) {
            node.putNull("position");
        } else {
            Json.put(node, facts.position());
        }
        ArrayNode steps = node.putArray("steps");
        for (StepState step : report.state().steps()) {
            steps.addObject()
                    .put("step", word(step.name()))
                    .put("status", word(step.status()))
                    .put("seconds", Json.seconds(report.duration(step.name())))
                    .put("failed", step.failed())
                    .put("detail", step.detail());
        }
        verified(facts.verified(), node);
        ArrayNode toDo = node.putArray("to_do");
        report.toDo().forEach(toDo::add);
        ArrayNode remarks = node.putArray("remarks");
        facts.remarks().forEach(remarks::add);
        node.put("report", file == null ? null : file.toString());
        return Json.print(node);
    }

    private static void verified(@Nullable Verified verified, ObjectNode node) {
        if (verified == null) {
            node.putNull("verified");
            return;
        }
        ObjectNode result = node.putObject("verified");
        result.put("mode", word(verified.mode())).put("equal", verified.equal());
        ArrayNode tables = result.putArray("tables");
        for (Verified.Table table : verified.tables()) {
            tables.addObject()
                    .put("name", table.name())
                    .put("rows", table.rows())
                    .put("found", table.found())
                    .put("checksum", table.checksum())
                    .put(
                            "checksum_at",
                            table.checksumAt() == null ? null : table.checksumAt().toString());
        }
        ArrayNode differences = result.putArray("differences");
        verified.differences().forEach(differences::add);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
