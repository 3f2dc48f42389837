package io.iotdbmigrate.cli;

import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.config.MigrationConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Returns a report, or throws, and remembers what it was asked. */
final class FakeChecks implements CheckService {
    CheckReport report = new CheckReport(List.of(), List.of());
    @Nullable RuntimeException failure;
    boolean asked;
    boolean fast;
    List<String> tables = List.of();

    @Override
    public CheckReport run(MigrationConfig config, boolean fastCounts, List<String> onlyTables) {
        asked = true;
        fast = fastCounts;
        tables = onlyTables;
        if (failure != null) {
            throw failure;
        }
        return report;
    }
}
