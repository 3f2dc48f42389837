package io.iotdbmigrate.check;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.plan.TablePlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A check that looks at both servers and every mapped table. Changes nothing. */
public final class Check {
    /** Where IoTDB cannot be asked, MySQL is looked at all the same. */
    private static final TargetFacts UNKNOWN = new TargetFacts(TimePrecision.MS, Long.MAX_VALUE);

    private Check() {}

    /**
     * Runs the check. A server that cannot be reached is a finding; the other one is looked at all
     * the same.
     *
     * @param fast counts on a sample of the first rows
     * @param onlyTables the tables wanted; empty means all
     * @throws io.iotdbmigrate.model.UserException exit code 3, if a wanted table is not mapped
     */
    public static CheckReport run(MigrationConfig config, boolean fast, List<String> onlyTables) {
        TablePlans.requireMapped(config, onlyTables);
        List<DeviceTemplate> templates =
                DeviceTemplate.of(
                        config.mappings().stream()
                                .filter(m -> onlyTables.isEmpty() || onlyTables.contains(m.table()))
                                .toList());
        IotdbCheck iotdb = new IotdbCheck(config);
        CompletableFuture<Optional<TargetFacts>> asked =
                CompletableFuture.supplyAsync(
                        () -> iotdb.server(templates), task -> new Thread(task, "IoTDB").start());
        MySqlCheck mysql = new MySqlCheck(config, fast);
        mysql.run(onlyTables, () -> answer(asked).orElse(UNKNOWN));
        Optional<TargetFacts> target = answer(asked);
        if (target.isPresent()) {
            iotdb.tables(mysql.mappings());
        }
        List<Finding> findings = new ArrayList<>(mysql.serverFindings());
        findings.addAll(iotdb.serverFindings());
        findings.addAll(mysql.tableFindings());
        findings.addAll(iotdb.tableFindings());
        return new CheckReport(findings, mysql.tables());
    }

    /** Waits for what is asked while MySQL is still being looked at. */
    private static Optional<TargetFacts> answer(CompletableFuture<Optional<TargetFacts>> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
