package io.iotdbmigrate.check;

import io.iotdbmigrate.config.MigrationConfig;
import java.util.List;

/** STUB until the real one lands. */
public final class Check {
    private Check() {}

    public static CheckReport run(MigrationConfig config, boolean fast, List<String> tables) {
        MigrationPlan plan = MigrationPlan.of(config, tables);
        return new CheckReport(
                plan.findings(),
                plan.schemas().stream()
                        .map(s -> new CheckReport.Table(s.id().table(), s.estimatedRows()))
                        .toList());
    }
}
