package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.AddedTables;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.cdc.EarlierTables;
import io.iotdbmigrate.flink.cdc.FollowedTables;
import io.iotdbmigrate.flink.cdc.StartPositions;
import io.iotdbmigrate.flink.cdc.StartTables;
import io.iotdbmigrate.flink.cdc.UnchangedMappings;
import io.iotdbmigrate.flink.cluster.CheckpointFolder;
import io.iotdbmigrate.flink.cluster.Checkpoints;
import io.iotdbmigrate.journal.BackfillJournal.Finished;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.CreatedTables;
import io.iotdbmigrate.mysql.binlog.SameBinlog;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.run.state.CdcRunFile;
import io.iotdbmigrate.run.state.StateFolder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finder of the place where a replication begins: its newest checkpoint, or a start afresh. */
final class CdcBeginnings {
    private final MigrationConfig config;
    private final StateFolder state;

    CdcBeginnings(MigrationConfig config, StateFolder state) {
        this.config = config;
        this.state = state;
    }

    /**
     * Finds the place.
     *
     * @param afresh whether checkpoints are passed over
     * @throws UserException if the mappings changed since the last run or since the backfill, or if
     *     no place is left to begin at
     */
    CdcBeginning find(MigrationPlan plan, Journal journal, BinlogServer server, boolean afresh)
            throws IOException {
        Map<String, String> shapes = MappingFingerprints.of(plan.mappings());
        Optional<Finished> backfill = StartPositions.lastBackfill(config, journal);
        Optional<CdcRunFile> last = afresh ? Optional.empty() : CdcRunFile.read(state.cdcRunFile());
        Optional<String> checkpoint =
                last.isEmpty() || copiedAnew(backfill, last.get())
                        ? Optional.empty()
                        : Checkpoints.newest(runDir(last.get()));
        if (checkpoint.isPresent()) {
            CdcBeginning restored =
                    restored(last.orElseThrow(), checkpoint.get(), plan, shapes, journal, server);
            if (restored.file().backfill() != null) {
                StartPositions.requireRead(backfill, server);
            }
            return restored;
        }
        CdcStart start =
                last.isPresent()
                        ? StartPositions.again(config, backfill, server, journal)
                        : StartPositions.of(config, backfill, server);
        return begun(start, backfill, plan, shapes, server);
    }

    private static boolean copiedAnew(Optional<Finished> backfill, CdcRunFile last) {
        return last.backfill() != null
                && backfill.isPresent()
                && !backfill.get().runId().equals(last.backfill());
    }

    private CdcBeginning restored(
            CdcRunFile last,
            String checkpoint,
            MigrationPlan plan,
            Map<String, String> shapes,
            Journal journal,
            BinlogServer server)
            throws IOException {
        Optional<Applied> applied = CdcJournal.read(journal);
        Optional<ChangePosition> position = applied.flatMap(a -> a.positionOn(server.uuid()));
        position.ifPresent(new SameBinlog(server)::requireHas);
        String workDir = CdcRun.workDir(runDir(last));
        Map<String, String> before = new HashMap<>(last.shapes());
        before.putAll(FollowedTables.shapes(workDir));
        AddedTables added =
                new AddedTables(
                        plan.mappings(),
                        position.map(p -> CreatedTables.since(server, p)).orElse(null));
        EarlierTables earlier = EarlierTables.of(workDir);
        // Where the place is not known, what went long ago would seem to be unread.
        Map<String, String> unread = new HashMap<>(last.shapes());
        unread.putAll(position.isPresent() ? before : FollowedTables.lastShapes(workDir));
        // A run that was adopted knows only of tables that were there then.
        earlier.startedShapes().forEach(unread::putIfAbsent);
        List<TableId> gone = added.gone(unread, shapes, earlier);
        UnchangedMappings.requireSame(before, added.without(before, shapes));
        Map<String, String> all = new HashMap<>(shapes);
        gone.forEach(table -> all.put(table.toString(), unread.get(table.toString())));
        return new CdcBeginning(
                new CdcRunFile(last.runId(), last.backfill(), all),
                CdcStart.Restored.of(applied.map(Applied::server).orElse(null), server.uuid()),
                Optional.of(checkpoint),
                runDir(last),
                "going on from " + name(checkpoint),
                gone);
    }

    private CdcBeginning begun(
            CdcStart start,
            Optional<Finished> backfill,
            MigrationPlan plan,
            Map<String, String> shapes,
            BinlogServer server)
            throws IOException {
        boolean follows = start instanceof CdcStart.At && config.cdc().followsBackfill();
        if (follows) {
            StartTables.requireCopied(
                    backfill.orElseThrow(), (CdcStart.At) start, plan.mappings(), server);
        }
        CdcRunFile file =
                new CdcRunFile(
                        UUID.randomUUID().toString(),
                        follows ? backfill.map(Finished::runId).orElse(null) : null,
                        shapes);
        return new CdcBeginning(
                file,
                start,
                Optional.empty(),
                runDir(file),
                words(start, follows, server.uuid()),
                List.of());
    }

    private static String name(String checkpoint) {
        String name = checkpoint.substring(checkpoint.lastIndexOf('/') + 1);
        return (name.startsWith("savepoint") ? "savepoint " : "checkpoint ") + name;
    }

    private static String words(CdcStart start, boolean follows, String answering) {
        if (start instanceof CdcStart.At at) {
            boolean here = at.server() == null || at.server().equals(answering);
            String place = here ? at.position().toString() : "GTID set " + at.position().gtidSet();
            return follows
                    ? "beginning at " + place + ", where the backfill began to read"
                    : "beginning at " + place;
        }
        if (start instanceof CdcStart.Behind behind) {
            return "beginning behind GTID set " + behind.gtidSet();
        }
        throw new IllegalStateException("a start without a place: " + start);
    }

    private String runDir(CdcRunFile file) {
        return CheckpointFolder.of(config, state.checkpoints()) + "cdc/" + file.runId();
    }
}
