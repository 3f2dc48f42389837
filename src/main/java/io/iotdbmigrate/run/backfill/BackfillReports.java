package io.iotdbmigrate.run.backfill;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.BackfillJournal.TableResult;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The journal's finished entry, and what IoTDB has now, as a report. */
final class BackfillReports {
    private BackfillReports() {}

    static BackfillOutcome.Report of(
            MigrationConfig config, BackfillSpec spec, BackfillJournal.Finished finished) {
        List<BackfillOutcome.Table> tables = new ArrayList<>();
        try (TargetReader iotdb = Targets.reader(Retries.of(config.iotdb(), config.sink()))) {
            for (int i = 0; i < finished.tables().size(); i++) {
                TableResult t = finished.tables().get(i);
                tables.add(
                        new BackfillOutcome.Table(
                                t.table(),
                                t.rows(),
                                t.points(),
                                iotdb.countDevices(spec.tables().get(i).mapping()),
                                t.empty(),
                                t.collapsed(),
                                t.rejected(),
                                t.zeroDates()));
            }
        } catch (IOException e) {
            throw new UserException(
                    ExitCode.IOTDB,
                    "the backfill has finished, but IoTDB did not answer how many devices there are"
                            + " ("
                            + e.getMessage()
                            + ")",
                    e);
        }
        return new BackfillOutcome.Report(
                tables, finished.finishedAt(), finished.duration(), finished.position());
    }
}
