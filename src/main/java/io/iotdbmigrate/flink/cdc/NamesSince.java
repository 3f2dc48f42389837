package io.iotdbmigrate.flink.cdc;

import io.debezium.connector.mysql.GtidSet;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a binlog stood before the names of a replication were read: every change of look-ups up to
 * there is among them. A place means something in the binlog of its server only, and GTIDs mean the
 * same on every server.
 *
 * @param head with the server, and the GTIDs that it had executed
 */
public record NamesSince(BinlogPosition head) implements Serializable {

    /**
     * Tells whether the names have a change.
     *
     * @param change where it counts
     * @param server whose binlog has it; null if it is not known
     * @param table that is looked into
     * @throws UserException exit code 6, if it is another server's and has no GTID
     */
    boolean has(BinlogEvent change, @Nullable String server, TableId table) {
        ChangePosition at = change.position();
        String gtid = change.gtid();
        if (!at.isInBinlog()) {
            return false;
        }
        if (Objects.equals(head.server(), server)) {
            return at.isBefore(head.file(), head.offset());
        }
        if (gtid == null || head.gtidSet().isEmpty()) {
            throw unknown(at, server, table);
        }
        return new GtidSet(head.gtidSet()).contains(gtid);
    }

    /** Tells whether no later change of a replication can be one that the names have. */
    boolean isPassed(ChangeProgress progress) {
        ChangePosition position = progress.position();
        return position != null
                && position.isInBinlog()
                && Objects.equals(head.server(), progress.server())
                && !position.isBefore(head.file(), head.offset());
    }

    private UserException unknown(ChangePosition at, @Nullable String server, TableId table) {
        return new UserException(
                ExitCode.JOB_FAILED,
                "the look-up table "
                        + table
                        + " was changed at "
                        + at
                        + " of the server "
                        + server
                        + ", and cdc began with the names at "
                        + head
                        + " of the server "
                        + head.server()
                        + "; without GTIDs nobody can tell whether they have the change. Nothing"
                        + " behind it was applied. Let the former server answer again, or copy the"
                        + " tables as they are now with iotdb-migrate backfill --restart, then"
                        + " start cdc again");
    }
}
