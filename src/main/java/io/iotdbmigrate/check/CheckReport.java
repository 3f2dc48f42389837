package io.iotdbmigrate.check;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.util.List;

/** STUB until the real one lands. */
public record CheckReport(List<Finding> findings, List<Table> tables) {
    public record Table(String name, long rows) {}

    public CheckReport {
        findings = List.copyOf(findings);
        tables = List.copyOf(tables);
    }

    public ExitCode exitCode() {
        return findings.stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR)
                .map(Finding::exitCode)
                .findFirst()
                .orElse(ExitCode.DONE);
    }
}
