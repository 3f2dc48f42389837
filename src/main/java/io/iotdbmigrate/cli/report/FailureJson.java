package io.iotdbmigrate.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.model.ExitCode;
import java.util.List;

/** A command that could not do its work, for scripts. */
public final class FailureJson {
    private FailureJson() {}

    public static String render(ExitCode exitCode, List<String> errors) {
        ObjectNode report = Json.object();
        report.put("status", "failed");
        report.put("exit_code", exitCode.code());
        ArrayNode sentences = report.putArray("errors");
        errors.forEach(sentences::add);
        return Json.print(report);
    }
}
