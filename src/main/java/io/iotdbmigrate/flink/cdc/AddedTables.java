package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.CreatedTables;
import io.iotdbmigrate.mysql.binlog.CreatedTables.Taken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a pattern that have come or gone since the replication, or the backfill before it,
 * began. New ones can be followed if the binlog creates them: then all their rows are in it. Those
 * that are gone may have rows in it, too.
 */
public final class AddedTables {
    private final List<TableMapping> mappings;
    private final @Nullable CreatedTables since;

    /**
     * @param since looks behind the place where reading goes on; null: the place is not known, or
     *     something behind it was read already, so that a creation there may be an old one
     */
    public AddedTables(List<TableMapping> mappings, @Nullable CreatedTables since) {
        this.mappings = mappings;
        this.since = since;
    }

    /**
     * Returns the shapes of the tables that were there before, and of those that the config alone
     * added.
     *
     * @param before shapes as they were
     * @throws UserException exit code 3, if a table of a pattern was not there and is not created
     *     behind the place
     */
    public Map<String, String> without(Map<String, String> before, Map<String, String> now) {
        Map<String, String> others = new LinkedHashMap<>(now);
        Set<TableId> added = new HashSet<>();
        for (TableMapping mapping : mappings) {
            String table = mapping.table().toString();
            if (mapping.patternOf(mapping.table()).isPresent() && !before.containsKey(table)) {
                requireCreated(mapping);
                others.remove(table);
                added.add(mapping.table());
            }
        }
        AddedTypes.problem(mappings, mapping -> added.contains(mapping.table()))
                .ifPresent(
                        problem -> {
                            throw new UserException(ExitCode.CONFIG, problem + AddedTypes.REMEDY);
                        });
        return others;
    }

    private void requireCreated(TableMapping mapping) {
        TableId table = mapping.table();
        if (since == null || !since.isCreated(table)) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "table "
                            + table
                            + " matches tables: "
                            + mapping.patternOf(table).orElseThrow()
                            + " and was not copied, and the binlog behind "
                            + (since == null ? "the last position" : since.place())
                            + " does not create it, or only if it was missing, so rows of it may be"
                            + " missing; copy the tables"
                            + " anew with iotdb-migrate backfill --restart, then start cdc again");
        }
    }

    /**
     * Returns the tables of patterns that are gone and may have rows in the binlog that are still
     * to be read, or whose rows IoTDB is still to lose. Others are to be kept as history.
     *
     * @param before shapes as they were
     * @param earlier what is known of them
     * @throws UserException exit code 6, if one was dropped and its rows are not to be kept, or if
     *     there are rows of it and it is not known how to read them
     */
    public List<TableId> gone(
            Map<String, String> before, Map<String, String> now, EarlierTables earlier) {
        List<TableId> read = new ArrayList<>();
        for (String name : before.keySet()) {
            TableId table = TableId.parse(name);
            Optional<TableMapping> like =
                    mappings.stream().filter(m -> m.patternOf(table).isPresent()).findFirst();
            if (!now.containsKey(name) && like.isPresent()) {
                String pattern = like.get().patternOf(table).orElseThrow();
                boolean keeps = like.get().onPartitionDrop() == OnPartitionDrop.IGNORE;
                boolean deletes = like.get().followsEmptied();
                if (since == null
                        ? isUnread(table, pattern, earlier)
                        : isTaken(table, pattern, keeps, deletes, earlier)) {
                    read.add(table);
                }
            }
        }
        return read;
    }

    /** Tells whether rows of it may be unread; where it was taken away is not known. */
    private static boolean isUnread(TableId table, String pattern, EarlierTables earlier) {
        if (!earlier.has(table)) {
            throw lost(
                    table
                            + " is one of tables: "
                            + pattern
                            + " and is gone, and the binlog may have rows of it");
        }
        return true;
    }

    private boolean isTaken(
            TableId table, String pattern, boolean keeps, boolean deletes, EarlierTables earlier) {
        Optional<Taken> taken = since.taken(table);
        if (taken.isEmpty()) {
            return false;
        }
        String statement =
                "the statement "
                        + taken.get().words()
                        + " took "
                        + table
                        + " away from tables: "
                        + pattern
                        + " while cdc did not run, ";
        if (taken.get().rows() && !earlier.has(table)) {
            throw lost(statement + "and the binlog behind " + since.place() + " has rows of it");
        }
        if (deletes && taken.get().drops() && earlier.has(table)) {
            // The statement is read in its turn, and a checkpoint tells which rows those were.
            return true;
        }
        if (!keeps) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    statement
                            + "so it is not known which rows of IoTDB were"
                            + " those of the table; nothing behind it was applied. "
                            + (taken.get().drops()
                                    ? "To keep them as history"
                                            + (taken.get().rows()
                                                    ? ", with those that it got before"
                                                    : "")
                                            + ", set on_partition_drop: ignore for the pattern and"
                                            + " start cdc again. Else copy"
                                    : "Copy")
                            + " the tables as they are now with iotdb-migrate backfill --restart,"
                            + " then start cdc again");
        }
        return taken.get().rows();
    }

    private static UserException lost(String what) {
        return new UserException(
                ExitCode.JOB_FAILED,
                what
                        + " that were not applied and cannot be read any more, for nothing tells"
                        + " how the table was defined. To go on without them, copy the tables as"
                        + " they are now with iotdb-migrate backfill --restart, then start cdc"
                        + " again");
    }
}
