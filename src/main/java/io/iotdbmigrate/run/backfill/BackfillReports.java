package io.iotdbmigrate.run.backfill;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.BackfillJournal.TableResult;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The journal's finished entry, and what IoTDB has now, as a report. */
final class BackfillReports {
    private BackfillReports() {}

    static BackfillOutcome.Report of(
            MigrationConfig config, BackfillSpec spec, BackfillJournal.Finished finished) {
        List<BackfillOutcome.Table> tables = new ArrayList<>();
        Map<String, Long> devices = new HashMap<>();
        try (TargetReader iotdb = Targets.reader(Retries.of(config.iotdb(), config.sink()))) {
            for (int i = 0; i < finished.tables().size(); i++) {
                TableResult t = finished.tables().get(i);
                TableMapping mapping = spec.tables().get(i).mapping();
                String pattern = mapping.device().pattern();
                if (!devices.containsKey(pattern)) {
                    devices.put(pattern, iotdb.countDevices(mapping));
                }
                tables.add(
                        new BackfillOutcome.Table(
                                t.table(),
                                mapping.entry(),
                                pattern,
                                t.rows(),
                                t.points(),
                                devices.get(pattern),
                                t.empty(),
                                t.collapsed(),
                                t.rejected(),
                                t.zeroDates(),
                                t.skipped()));
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
