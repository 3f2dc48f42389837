package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.verify.IotdbCounts;
import io.iotdbmigrate.flink.verify.JournalProgress;
import io.iotdbmigrate.flink.verify.MySqlCounts;
import io.iotdbmigrate.flink.verify.VerifySpec;
import io.iotdbmigrate.flink.verify.VerifySpecs;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.VerifyJournal;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.mysql.binlog.ReadOnlySource;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.run.state.RemoteJobFinder;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.verify.CountComparison;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.CountReports;
import io.iotdbmigrate.verify.ReportNotes;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyReport.Positions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A run that compares how many rows each device has on both sides. The servers count, no job runs.
 * Holds no lock: replication may run meanwhile.
 */
public final class CountsRun {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final MigrationConfig config;
    private final StateFolder state;

    public CountsRun(MigrationConfig config, StateFolder state) {
        this.config = config;
        this.state = state;
    }

    /**
     * Counts, notes the result in the journal and leaves the devices that differ in the state
     * folder.
     *
     * @param options those of a repair are not looked at
     * @param listener only told what begins; nothing asks it for a stop
     * @throws io.iotdbmigrate.model.UserException exit code 4 or 5, if a side cannot be read
     */
    public CountReport run(VerifyOptions options, VerifyListener listener) throws IOException {
        MigrationPlan plan = NamedPlan.of(config, options.tables(), listener);
        plan.takenAlong(options.tables()).ifPresent(listener::note);
        VerifySpec spec = VerifySpecs.of(config, plan, options, KeptHistory.of(config, plan), "");
        listener.note(
                String.format(
                        Locale.ROOT,
                        "counting about %,d rows by device; values are not compared",
                        plan.schemas().stream().mapToLong(s -> s.estimatedRows()).sum()));
        try (Journal journal = Journal.of(config);
                IotdbCounts iotdb = new IotdbCounts(spec)) {
            JournalProgress replication =
                    JournalProgress.of(
                            journal,
                            config.mysql().origin(),
                            plan,
                            new RemoteJobFinder(config, state)::isLost);
            replication.endedAt().ifPresent(at -> listener.note(ReportNotes.ended(at)));
            Instant start = Instant.now();
            BinlogPosition before = replication.current().orElse(null);
            if (config.mysql().isReadOnlySource()) {
                new ReadOnlySource(config.mysql()).awaitCaughtUp(VerifyRun.PATIENCE);
            }
            CountComparison.Result result =
                    new CountComparison(
                                    spec.rules(),
                                    new MySqlCounts(spec, options, RepairChecks.uniqueRows(plan)),
                                    iotdb,
                                    replication,
                                    PATIENCE)
                            .run(options.recheck());
            BinlogPosition after = replication.current().orElse(null);
            CountReports reports = new CountReports(spec.rules(), options, state.differences());
            CountReport report =
                    reports.of(
                            result,
                            new Positions(before, after, result.equalAt()),
                            replication.runs(),
                            replication.endedAt().orElse(null),
                            Duration.between(start, Instant.now()));
            VerifyJournal.append(journal, report);
            return report;
        }
    }
}
