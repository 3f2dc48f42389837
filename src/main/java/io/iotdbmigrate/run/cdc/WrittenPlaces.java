package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.StartPositions;
import io.iotdbmigrate.iotdb.IotdbSessions;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.TargetPreflight;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.journal.BackfillJournal.Finished;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.plan.MigrationPlan;
import java.io.IOException;
import java.util.Optional;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;

/** Whether what a finished backfill wrote to is still there: a replication would make it anew. */
final class WrittenPlaces {
    private WrittenPlaces() {}

    /**
     * Asks IoTDB.
     *
     * @throws UserException exit code 5, if something is gone
     */
    static void require(MigrationConfig config, MigrationPlan plan, Journal journal)
            throws IOException {
        Optional<Finished> backfill = StartPositions.lastBackfill(config, journal);
        if (backfill.isEmpty()) {
            return;
        }
        try (TargetPreflight iotdb = Targets.preflight(config.iotdb())) {
            for (TableMapping mapping : plan.mappings()) {
                if (hasRows(backfill.get(), mapping.name())) {
                    iotdb.requireWritten(mapping);
                }
            }
        } catch (IoTDBConnectionException e) {
            throw IotdbSessions.explain(config.iotdb(), e);
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to say what it holds", e);
        }
    }

    private static boolean hasRows(Finished backfill, String table) {
        return backfill.tables().stream()
                .anyMatch(t -> t.table().equals(table) && t.rows() > t.rejected());
    }
}
