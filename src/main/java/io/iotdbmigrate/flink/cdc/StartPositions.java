package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.CdcConfig;
import io.iotdbmigrate.config.CdcConfig.StartupMode;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.BackfillJournal.Finished;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.SameBinlog;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a replication without a checkpoint begins. */
public final class StartPositions {
    private StartPositions() {}

    /**
     * Resolves the start where one job graph has to do: the history by the connector's own
     * snapshot, if need be.
     *
     * @throws UserException exit code 3, if that cannot copy a mapped column exactly
     */
    public static CdcStart inOneGraph(
            MigrationConfig config,
            List<TableMapping> mappings,
            Journal journal,
            BinlogServer server)
            throws IOException {
        Optional<Finished> backfill = lastBackfill(config, journal);
        if (config.cdc().startupMode() != StartupMode.INITIAL || backfill.isPresent()) {
            return of(config, backfill, server);
        }
        if (!server.dialect().hasGtidSets()) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "startup_mode initial copies by the connector's snapshot, which is not tried on"
                            + " MariaDB; run the backfill first, and this job goes on where it"
                            + " began");
        }
        for (TableMapping mapping : mappings) {
            for (Column column : mapping.columns()) {
                String loss = snapshotLoss(column.type().kind());
                if (loss != null) {
                    throw new UserException(
                            ExitCode.CONFIG,
                            "startup_mode initial cannot copy the "
                                    + column.type().kind()
                                    + " column "
                                    + column.name()
                                    + " of "
                                    + mapping.table()
                                    + ": the connector's snapshot reads "
                                    + loss
                                    + "; run the backfill first, and this job goes on where it"
                                    + " began");
                }
            }
        }
        return new CdcStart.Snapshot();
    }

    /** Names what the connector's snapshot makes of values of a type; null if it is exact. */
    private static @Nullable String snapshotLoss(MySqlType.Kind kind) {
        return switch (kind) {
            case FLOAT -> "it with 6 digits";
            case YEAR -> "the year 0000 as 2000";
            case TIME -> "a negative one of less than an hour without its sign";
            default -> null;
        };
    }

    /** Returns the last finished backfill of all tables. */
    public static Optional<Finished> lastBackfill(MigrationConfig config, Journal journal)
            throws IOException {
        return BackfillJournal.lastFinished(
                journal.entries(), config.mappedTables(), config::isByPattern);
    }

    /**
     * Resolves the start by {@code mysql.cdc.startup_mode}.
     *
     * @param backfill the last finished one of all tables
     * @throws UserException exit code 3, if there is nothing to begin from; 4, if the binlog there
     *     was purged
     */
    public static CdcStart of(
            MigrationConfig config, Optional<Finished> backfill, BinlogServer server) {
        CdcConfig cdc = config.cdc();
        return switch (cdc.startupMode()) {
            case AUTO, INITIAL -> afterBackfill(backfill, server);
            case LATEST -> at(server, server.head());
            case EARLIEST -> at(server, server.history().oldest(""));
            case TIMESTAMP -> at(server, server.history().firstAt(cdc.timestamp()));
            case SPECIFIC -> {
                BinlogPosition position =
                        new BinlogPosition(cdc.specific().file(), cdc.specific().pos(), "");
                server.history().requireAvailable(position);
                yield at(server, position);
            }
            case GTID -> {
                requireGtidSets(server);
                BinlogPosition position = server.history().oldest(cdc.gtidSet());
                server.history().requireAvailable(position);
                yield new CdcStart.Behind(position.file(), position.gtidSet());
            }
        };
    }

    /**
     * Resolves the start by {@code mysql.cdc.startup_mode}, where an earlier job has begun and
     * taken no checkpoint. What was the latest position or the first of a time then still is.
     */
    public static CdcStart again(
            MigrationConfig config,
            Optional<Finished> backfill,
            BinlogServer server,
            Journal journal)
            throws IOException {
        StartupMode mode = config.cdc().startupMode();
        Optional<CdcJournal.Applied> noted = CdcJournal.read(journal);
        Optional<ChangePosition> begun = noted.map(CdcJournal.Applied::position);
        if ((mode != StartupMode.LATEST && mode != StartupMode.TIMESTAMP) || begun.isEmpty()) {
            return of(config, backfill, server);
        }
        BinlogPosition position =
                new BinlogPosition(
                        begun.get().file(), begun.get().offset(), "", noted.get().server());
        server.history().requireAvailable(position);
        return at(server, position);
    }

    /**
     * Resolves to a position at once: a job that has seen no event yet, and is begun again, begins
     * at the same place.
     */
    private static CdcStart at(BinlogServer server, BinlogPosition position) {
        return new CdcStart.At(
                position, Map.of(), new SameBinlog(server).begun(position.file()).orElse(null));
    }

    private static void requireGtidSets(BinlogServer server) {
        Dialect dialect = server.dialect();
        if (!dialect.hasGtidSets()) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "mysql.cdc.startup_mode: gtid begins behind a GTID set of MySQL, and this is "
                            + dialect.name()
                            + ", which is read by file and offset; use auto, or specific with a"
                            + " file and a position");
        }
    }

    /**
     * Refuses a server that lacks what a backfill has read, as after a failover that lost it.
     *
     * @throws UserException exit code 4, if it does
     */
    public static void requireRead(Optional<Finished> backfill, BinlogServer server) {
        backfill.map(Finished::read).ifPresent(server.history()::requireHas);
    }

    private static CdcStart afterBackfill(Optional<Finished> backfill, BinlogServer server) {
        BinlogPosition position =
                backfill.map(Finished::position)
                        .orElseThrow(
                                () ->
                                        new UserException(
                                                ExitCode.CONFIG,
                                                "there is no checkpoint and no finished backfill of"
                                                        + " all tables to follow; run iotdb-migrate"
                                                        + " backfill first, or say where to begin"
                                                        + " with mysql.cdc.startup_mode"));
        server.history().requireAvailable(position);
        Instant begun = backfill.get().fileBegun();
        if (position.server() == null || position.server().equals(server.uuid())) {
            new SameBinlog(server).requireNoted(position, begun, backfill.get().startedAt());
        }
        requireRead(backfill, server);
        return new CdcStart.At(position, backfill.get().createTable(), begun);
    }
}
