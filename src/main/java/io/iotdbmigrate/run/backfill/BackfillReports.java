package io.iotdbmigrate.run.backfill;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.iotdb.IotdbSessions;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.BackfillJournal.TableResult;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/** The journal's finished entry, and what IoTDB has now, as a report. */
final class BackfillReports {
    private BackfillReports() {}

    static BackfillOutcome.Report of(
            MigrationConfig config, BackfillSpec spec, BackfillJournal.Finished finished) {
        List<BackfillOutcome.Table> tables = new ArrayList<>();
        try (Session session = IotdbSessions.openOrExplain(config.iotdb())) {
            for (int i = 0; i < finished.tables().size(); i++) {
                TableResult t = finished.tables().get(i);
                String devices = spec.tables().get(i).mapping().device().pattern();
                tables.add(
                        new BackfillOutcome.Table(
                                t.table(),
                                t.rows(),
                                t.points(),
                                countDevices(session, devices),
                                t.empty(),
                                t.collapsed(),
                                t.rejected(),
                                t.zeroDates()));
            }
        } catch (IoTDBConnectionException | StatementExecutionException e) {
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

    private static long countDevices(Session session, String pattern)
            throws IoTDBConnectionException, StatementExecutionException {
        try (SessionDataSet count = session.executeQueryStatement("COUNT DEVICES " + pattern)) {
            return count.hasNext() ? count.next().getFields().get(0).getLongV() : 0;
        }
    }
}
