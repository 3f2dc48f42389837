package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.flink.verify.AttributeComparison;
import io.iotdbmigrate.flink.verify.ComparisonResult;
import io.iotdbmigrate.flink.verify.IotdbRows;
import io.iotdbmigrate.flink.verify.JournalProgress;
import io.iotdbmigrate.flink.verify.VerifyFiles;
import io.iotdbmigrate.flink.verify.VerifySpec;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.DifferenceJson;
import io.iotdbmigrate.verify.DifferenceMap;
import io.iotdbmigrate.verify.DifferenceMaps;
import io.iotdbmigrate.verify.KindSpread;
import io.iotdbmigrate.verify.Recheck;
import io.iotdbmigrate.verify.Repair;
import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.ReportNotes;
import io.iotdbmigrate.verify.TableRules;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import io.iotdbmigrate.verify.VerifyReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From what the jobs found to the report: a second look, the file of differences, the repair. */
final class VerifyReporter {
    /** More differences than these are neither looked at again nor sorted nor mended. */
    private static final int HELD = 500_000;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Comparator<Difference> ORDER =
            Comparator.comparingInt((Difference d) -> d.key().table())
                    .thenComparing(d -> d.key().device())
                    .thenComparingLong(d -> d.key().time());

    private final VerifySpec spec;
    private final VerifyOptions options;
    private final ComparisonResult look;
    private final Repair.Checks checks;
    private final JournalProgress replication;
    private final AttributeReport attributes;
    private final Path file;

    VerifyReporter(
            VerifySpec spec,
            VerifyOptions options,
            ComparisonResult look,
            Repair.Checks checks,
            JournalProgress replication,
            AttributeComparison comparison,
            Path file) {
        this.spec = spec;
        this.options = options;
        this.look = look;
        this.checks = checks;
        this.replication = replication;
        this.attributes = new AttributeReport(comparison, options, replication, PATIENCE);
        this.file = file;
    }

    /**
     * @param before where MySQL's binlog was before the first read
     * @param begun when the run began
     * @param duration of the jobs
     */
    VerifyReport report(@Nullable BinlogPosition before, Instant begun, Duration duration)
            throws IOException {
        List<Difference> held = new ArrayList<>();
        look.found(
                difference -> {
                    if (held.size() <= HELD) {
                        held.add(difference);
                    }
                });
        boolean all = held.size() <= HELD;
        BinlogPosition after = replication.current().orElse(null);
        boolean replicates = replication.runs();
        Recheck.Result checked = new Recheck.Result(held, null, null);
        Repaired repaired = null;
        Recheck.Result ofDevices = attributes.compare();
        try (IotdbRows target = new IotdbRows(spec)) {
            if (all && replicates && !held.isEmpty() && options.recheck() > 0) {
                checked =
                        new Recheck(spec.rules(), look.mysqlRows(), target, replication, PATIENCE)
                                .run(held, options.recheck());
            }
            if (all && options.repair() != RepairMode.NONE) {
                repaired =
                        new Repair(spec.rules(), look.mysqlRows(), target, checks)
                                .run(checked.left(), options.repair());
                if (options.repair().executes()
                        && repaired.execution() != Repaired.Execution.DECLINED
                        && !ofDevices.left().isEmpty()) {
                    checks.begins();
                }
                repaired = attributes.repair(repaired, ofDevices.left());
            }
        }
        List<Difference> left = new ArrayList<>(checked.left());
        left.addAll(ofDevices.left());
        left.sort(ORDER);
        ComparisonResult.Differences those =
                all
                        ? sink -> each(left, sink)
                        : sink -> {
                            look.found(sink);
                            each(ofDevices.left(), sink);
                        };
        List<VerifyReport.Table> tables = look.tables(those);
        KindSpread<Difference> shown = new KindSpread<>(options.maxDifferences());
        left.forEach(d -> shown.add(d.kind(), d.key().device(), d));
        boolean differ = tables.stream().anyMatch(t -> t.differences() > 0);
        write(those, differ);
        ReportNotes notes = new ReportNotes(spec.rules(), options);
        List<String> notCompared = new ArrayList<>(notes.notCompared());
        notCompared.addAll(attributes.notCompared());
        return new VerifyReport(
                VerifyReport.CHECKSUMS,
                tables,
                shown.items(),
                differ ? maps(those) : List.of(),
                differ ? file : null,
                new VerifyReport.Positions(
                        before,
                        after,
                        ofDevices.equalAt() == null ? checked.equalAt() : ofDevices.equalAt()),
                notCompared,
                notes.of(
                        before,
                        after,
                        replicates,
                        replication.endedAt().orElse(null),
                        checked.note() == null ? ofDevices.note() : checked.note(),
                        all ? 0 : HELD),
                repaired,
                begun,
                Instant.now(),
                duration);
    }

    private List<DifferenceMap> maps(ComparisonResult.Differences differences) throws IOException {
        DifferenceMaps maps = new DifferenceMaps(look.precision());
        differences.each(maps::measure);
        differences.each(maps::add);
        return maps.of(spec.rules().stream().map(TableRules::name).toList());
    }

    private static void each(List<Difference> differences, VerifyFiles.Sink<Difference> sink)
            throws IOException {
        for (Difference difference : differences) {
            sink.accept(difference);
        }
    }

    /** Writes the files. Those of an earlier run go. */
    private void write(ComparisonResult.Differences differences, boolean differ)
            throws IOException {
        if (!differ) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(file.getParent());
        List<String> names = spec.rules().stream().map(TableRules::name).toList();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            differences.each(
                    difference -> {
                        out.write(DifferenceJson.of(difference, names).toString());
                        out.write('\n');
                    });
        }
    }
}
