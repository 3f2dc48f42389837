package io.iotdbmigrate.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** {@link BenchReport} for scripts; all times are in seconds. */
final class BenchJson {
    private BenchJson() {}

    static String render(BenchReport report) throws JsonProcessingException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("benchmark", report.kind().command())
                .put("rows", report.rows())
                .put("rounds", report.rounds());
        Machine machine = report.machine();
        root.putObject("machine")
                .put("cores", machine.cores())
                .put("cpu", machine.cpu())
                .put("memory_mib", machine.memoryMib())
                .put("load_before", machine.load())
                .put("noisy", machine.warning().isPresent());
        Versions versions = report.versions();
        root.putObject("versions")
                .put("tool", versions.tool())
                .put("java", versions.java())
                .put("mysql", versions.mysql())
                .put("iotdb", versions.iotdb());
        ArrayNode cases = root.putArray("cases");
        report.cases().forEach(each -> put(cases.addObject(), each, report));
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(root);
    }

    private static void put(ObjectNode node, BenchReport.Case each, BenchReport report) {
        Measurements measured = each.measured();
        BenchKind kind = report.kind();
        node.put("devices", measured.readings().devices())
                .put("scan", rounded(measured.scan().seconds()))
                .put("scan_way", measured.scan().way())
                .put(kind.iotdb(), rounded(measured.iotdb().seconds()))
                .put(kind.iotdbWay(), measured.iotdb().way())
                .put(kind.command() + "_job", rounded(measured.jobSeconds()))
                .put(kind.command() + "_process", rounded(measured.processSeconds()))
                .put(kind.command() + "_peak_rss_mib", measured.peakRssMib())
                .put("ratio", rounded(measured.ratio()))
                .put("target", each.target())
                .put("verdict", report.verdict(each).name().toLowerCase(Locale.ROOT));
        measured.ratioToTree()
                .ifPresent(
                        ratio ->
                                node.put("ratio_to_tree", rounded(ratio))
                                        .put("target_to_tree", each.targetToTree()));
        ArrayNode rounds = node.putArray("rounds");
        for (Measurements.Round round : measured.rounds()) {
            ObjectNode one = rounds.addObject();
            put(one.putObject("scan"), round.scans());
            put(one.putObject(kind.iotdb()), round.iotdb());
            one.put(kind.command() + "_job", rounded(round.tool().jobSeconds()))
                    .put(kind.command() + "_process", rounded(round.tool().processSeconds()))
                    .put(kind.command() + "_peak_rss_mib", round.tool().peakRssMib());
        }
    }

    private static void put(ObjectNode node, Map<String, Double> seconds) {
        seconds.forEach((way, value) -> node.put(way, rounded(value)));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
