package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.journal.BackfillJournal.Finished;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.CreatedTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The guard that a replication starts with the tables, and in the form, in which IoTDB was written
 * before: by a backfill, or by the job whose checkpoint it goes on from.
 */
public final class StartTables {
    private StartTables() {}

    /**
     * Requires the tables of a backfill.
     *
     * @throws UserException exit code 3, if the config changed since; 6, if a statement changed
     *     what is mapped, or a table is gone whose rows may be unread
     */
    public static void requireCopied(
            Finished copied, CdcStart.At start, List<TableMapping> mappings, BinlogServer server) {
        Map<String, String> now = MappingFingerprints.of(mappings);
        Map<String, String> before = copied.shapes();
        if (before.isEmpty()) {
            UnchangedMappings.requireSame(copied, now, server);
            return;
        }
        AddedTables added =
                new AddedTables(
                        mappings,
                        isOf(server, start.position())
                                ? CreatedTables.since(server, start.position())
                                : null);
        added.gone(before, now, EarlierTables.NONE);
        UnchangedMappings.requireSame(copied, added.without(before, now), server);
    }

    /**
     * Tells whether a place was noted in this server's own binlog. One of another server goes by
     * GTIDs, and its file and offset lie before them.
     */
    private static boolean isOf(BinlogServer server, BinlogPosition noted) {
        return noted.server() == null || noted.server().equals(server.uuid());
    }

    /**
     * Requires the tables of a checkpoint, which the job itself does: what has given it the
     * checkpoint may know nothing of them.
     *
     * @param noted shapes as the checkpoint has them; empty: nothing was noted
     * @param place where reading goes on; null: not known yet
     * @param server whose binlog has the place; another one's is not looked into
     * @throws UserException exit code 3, if a table was added or is mapped otherwise; 6, if one of
     *     a pattern is gone and has rows behind the place, or they are not to be kept
     */
    static void requireRestored(
            CdcSpec spec,
            Map<String, String> noted,
            @Nullable ChangePosition place,
            @Nullable String server)
            throws Exception {
        if (noted.isEmpty()) {
            return;
        }
        Map<String, String> before = new HashMap<>(noted);
        FollowedTables.shapes(spec.workDir()).forEach(before::putIfAbsent);
        Map<String, String> now = MappingFingerprints.of(spec.mappings());
        if (before.keySet().equals(now.keySet()) || place == null || !place.isInBinlog()) {
            UnchangedMappings.requireSame(before, unchangedByPattern(spec, before, now));
            return;
        }
        try (BinlogServer answering = new BinlogServer(spec.mysql())) {
            boolean same = answering.uuid().equals(server);
            AddedTables added =
                    new AddedTables(
                            spec.mappings(), same ? CreatedTables.since(answering, place) : null);
            if (same) {
                added.gone(before, now, EarlierTables.NONE);
            }
            UnchangedMappings.requireSame(before, added.without(before, now));
        } catch (UserException e) {
            if (e.exitCode() == ExitCode.MYSQL) {
                throw new AwayException(e.exitCode(), e.getMessage(), e);
            }
            throw e;
        }
    }

    /**
     * Leaves out tables of patterns that were not there: nothing was read, so all of them comes.
     */
    private static Map<String, String> unchangedByPattern(
            CdcSpec spec, Map<String, String> before, Map<String, String> now) {
        Map<String, String> known = new HashMap<>(now);
        for (TableMapping mapping : spec.mappings()) {
            String table = mapping.table().toString();
            if (!before.containsKey(table) && mapping.patternOf(mapping.table()).isPresent()) {
                known.remove(table);
            }
        }
        return known;
    }
}
