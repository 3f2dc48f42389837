package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.journal.BackfillJournal.Finished;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import java.util.Map;
import java.util.Optional;

/**
 * The guard that a replication writes in the form in which IoTDB was written before, see {@link
 * MappingFingerprints}.
 */
public final class UnchangedMappings {
    private UnchangedMappings() {}

    /**
     * Refuses other mappings for one that goes on from a checkpoint.
     *
     * @throws UserException exit code 3, if a table was added or is mapped otherwise
     */
    public static void requireSame(Map<String, String> before, Map<String, String> now) {
        for (Map.Entry<String, String> table : now.entrySet()) {
            String shape = before.get(table.getKey());
            if (shape == null || !shape.equals(table.getValue())) {
                throw new UserException(
                        ExitCode.CONFIG,
                        (shape == null
                                        ? "table " + table.getKey() + " was added"
                                        : "the mapping or the columns of "
                                                + table.getKey()
                                                + " changed")
                                + " since the replication was stopped, and what is in IoTDB was"
                                + " written without; undo it, or copy the tables anew with"
                                + " iotdb-migrate backfill --restart and start cdc again");
            }
        }
    }

    /**
     * Refuses other mappings for one that follows a backfill.
     *
     * @throws UserException exit code 6, if a statement changed mapped columns, which is named; 3,
     *     if the config changed
     */
    static void requireSame(Finished backfill, Map<String, String> now, BinlogServer server) {
        for (Map.Entry<String, String> table : now.entrySet()) {
            String shape = backfill.shapes().get(table.getKey());
            if (shape != null && !shape.equals(table.getValue())) {
                Optional<String> statement =
                        server.lag()
                                .definitionBehind(
                                        backfill.position(), TableId.parse(table.getKey()));
                throw new UserException(
                        statement.isPresent() ? ExitCode.JOB_FAILED : ExitCode.CONFIG,
                        statement
                                        .map(s -> "the statement " + s + " changed what is mapped")
                                        .orElse("the mapping changed")
                                + " of "
                                + table.getKey()
                                + " since the backfill, and what is in IoTDB was written without;"
                                + " nothing was applied. Copy the tables as they are now with"
                                + " iotdb-migrate backfill --restart, then start cdc again");
            }
        }
    }
}
