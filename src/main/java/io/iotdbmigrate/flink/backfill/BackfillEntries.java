package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.BackfillJournal.Begin;
import io.iotdbmigrate.journal.BackfillJournal.TableResult;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.NameJournal;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.ConnectFailure;
import io.iotdbmigrate.mysql.Lookups;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.VisibleCommits;
import io.iotdbmigrate.mysql.binlog.BinlogPositions;
import io.iotdbmigrate.mysql.binlog.ReadOnlySource;
import io.iotdbmigrate.mysql.binlog.SameBinlog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entries that the job of a backfill makes in the journal. */
final class BackfillEntries {
    private static final Logger LOG = LoggerFactory.getLogger(BackfillEntries.class);

    private BackfillEntries() {}

    /**
     * Notes where the binlog stands, before anything is read.
     *
     * @return what is noted; empty if the position is not known
     */
    static Optional<BinlogPosition> begin(BackfillSpec spec) {
        try (Journal journal = open(spec)) {
            BackfillJournal.begin(
                    journal,
                    spec.runId(),
                    spec.tables().stream().map(Table::name).toList(),
                    () -> position(spec, journal));
            return BackfillJournal.position(journal.entries(), spec.runId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes that everything is in IoTDB. */
    static void finish(BackfillSpec spec, List<TableResult> results) throws IOException {
        try (Journal journal = open(spec)) {
            Optional<BinlogPosition> begin =
                    BackfillJournal.position(journal.entries(), spec.runId());
            BackfillJournal.finish(
                    journal,
                    spec.runId(),
                    results,
                    begin.isPresent() ? read(spec, begin.get()) : "");
        }
    }

    /** Returns the transactions that MySQL has: a server without them lacks rows that were read. */
    private static String read(BackfillSpec spec, BinlogPosition begin) throws IOException {
        try (Connection connection = MySqlConnections.connect(spec.mysql())) {
            NotedPosition.requireServer(spec.mysql(), begin, BinlogPositions.server(connection));
            return begin.gtidSet().isEmpty()
                    ? ""
                    : BinlogPositions.current(connection).map(BinlogPosition::gtidSet).orElse("");
        } catch (SQLException e) {
            throw new IOException("MySQL does not say which transactions it has", e);
        }
    }

    private static Optional<Begin> position(BackfillSpec spec, Journal journal) {
        try (Connection connection = MySqlConnections.connect(spec.mysql())) {
            Optional<BinlogPosition> position =
                    spec.mysql().isReadOnlySource()
                            ? Optional.of(new ReadOnlySource(spec.mysql()).position(connection))
                            : BinlogPositions.current(connection);
            if (position.isEmpty()) {
                return Optional.empty();
            }
            // Else rows that stand before the position are read as they were.
            VisibleCommits.await(connection);
            Lookups.requireUnchanged(connection, spec.lookups(), "the backfill began");
            return Optional.of(
                    new Begin(
                            position.get(),
                            BinlogPositions.createTables(connection, read(spec)),
                            MappingFingerprints.of(
                                    spec.tables().stream().map(Table::mapping).toList()),
                            NameJournal.write(journal, spec.runId(), spec.lookups()),
                            SameBinlog.begun(spec.mysql(), position.get()).orElse(null)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            if (!ConnectFailure.isRefusal(e)) {
                throw new UncheckedIOException(
                        new IOException("MySQL does not say where its binlog is", e));
            }
            LOG.warn("no binlog position could be noted, cdc cannot start from this backfill", e);
            return Optional.empty();
        }
    }

    /** Returns the tables that are read, those of look-ups too. */
    private static List<TableId> read(BackfillSpec spec) {
        return Stream.concat(
                        spec.tables().stream().map(t -> t.mapping().table()),
                        spec.lookups().stream().map(LookupColumn::table))
                .distinct()
                .toList();
    }

    private static Journal open(BackfillSpec spec) {
        return Journal.of(spec.iotdb(), spec.sink(), spec.name());
    }
}
