package io.iotdbmigrate.flink.cdc.binlog;

import io.debezium.connector.mysql.MySqlConnection;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.GtidTags;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import io.iotdbmigrate.mysql.binlog.BinlogTls;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.cdc.connectors.mysql.debezium.DebeziumUtils;
import org.apache.flink.cdc.connectors.mysql.debezium.reader.BinlogSplitReader;
import org.apache.flink.cdc.connectors.mysql.debezium.task.context.StatefulTaskContext;
import org.apache.flink.cdc.connectors.mysql.source.config.MySqlSourceConfig;
import org.apache.flink.cdc.connectors.mysql.source.offset.BinlogOffset;
import org.apache.flink.cdc.connectors.mysql.source.reader.MySqlSourceReaderContext;
import org.apache.flink.cdc.connectors.mysql.source.reader.MySqlSplitReader;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlRecords;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlSplit;
import org.apache.flink.cdc.connectors.mysql.source.split.SourceRecords;
import org.apache.flink.cdc.connectors.mysql.source.utils.hooks.SnapshotPhaseHooks;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/**
 * The connector's reader of splits, which reads the binlog through a {@link WatchedClient}. A
 * snapshot, where there is one, ends before the binlog begins.
 */
final class WatchedSplitReader extends MySqlSplitReader {
    private final MySqlSourceConfig config;
    private final int subtask;
    private final List<FollowedTable> followed;
    private final CdcSpec spec;
    private final SilenceWatch silence;
    private final Kept kept;
    private @Nullable MySqlBinlogSplit split;
    private volatile @Nullable WatchedClient client;
    private @Nullable BinlogSplitReader reader;

    WatchedSplitReader(
            MySqlSourceConfig config,
            int subtask,
            MySqlSourceReaderContext context,
            CdcSpec spec,
            Kept kept) {
        super(config, subtask, context, SnapshotPhaseHooks.empty());
        this.config = config;
        this.subtask = subtask;
        this.followed = spec.followed();
        this.spec = spec;
        this.kept = kept;
        this.silence = new SilenceWatch(spec.mysql());
    }

    @Override
    public void handleSplitsChanges(SplitsChange<MySqlSplit> change) {
        for (MySqlSplit added : change.splits()) {
            if (added.isBinlogSplit()) {
                split = added.asBinlogSplit();
            } else {
                super.handleSplitsChanges(new SplitsAddition<>(List.of(added)));
            }
        }
    }

    @Override
    public RecordsWithSplitIds<SourceRecords> fetch() throws IOException {
        MySqlBinlogSplit binlog = split;
        if (binlog == null) {
            return super.fetch();
        }
        BinlogSplitReader known = reader == null ? open(binlog) : reader;
        requireAlive();
        try {
            Iterator<SourceRecords> records = known.pollSplitRecords();
            return records == null
                    ? MySqlRecords.forFinishedSplit(binlog.splitId())
                    : MySqlRecords.forUnfinishedRecords(binlog.splitId(), records);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void requireAlive() throws IOException {
        WatchedClient known = client;
        if (known == null) {
            return;
        }
        Throwable end = known.end();
        if (end != null) {
            throw new IOException("the thread that reads the binlog has ended: " + end, end);
        }
        silence.look(known.lastEvent());
    }

    /**
     * Returns for how many milliseconds MySQL has sent nothing, not even a sign of life; 0 before
     * it was asked. For any thread.
     */
    long silentMillis() {
        WatchedClient known = client;
        return known == null ? 0 : (System.nanoTime() - known.lastEvent()) / 1_000_000;
    }

    private boolean isMapped(String database, String table) {
        return followed.stream()
                .map(FollowedTable::table)
                .anyMatch(t -> t.table().equals(table) && t.database().equals(database));
    }

    private BinlogSplitReader open(MySqlBinlogSplit binlog) {
        MySqlConnection connection = DebeziumUtils.createMySqlConnection(config);
        ServerNow server = new ServerNow(spec);
        Cascades cascades =
                new Cascades(
                        server,
                        kept.keys().keys().orElseGet(() -> definedKeys(spec.start())),
                        spec.mappings(),
                        spec.dialect());
        WatchedClient watched =
                new WatchedClient(
                        config.getMySqlConnectorConfig(),
                        (database, table) ->
                                isMapped(database, table) || cascades.begin(database, table),
                        new BinlogTls(spec.mysql()),
                        spec.server(),
                        spec.dialect(),
                        kept.file());
        StatefulTaskContext context = new StatefulTaskContext(config, watched, connection);
        BinlogSplitReader opened = new BinlogSplitReader(context, subtask);
        reader = opened;
        client = watched;
        RowOrder order =
                new RowOrder(
                        spec.tables(),
                        kept.unique().keys().orElseGet(() -> definedUniqueKeys(spec.start())),
                        server::uniqueKeys,
                        table -> BinlogWatch.definition(context, table));
        MySqlBinlogSplit defined = kept.unfilled().defined(binlog);
        MySqlBinlogSplit begin =
                spec.dialect().hasGtidSets() && hasTags(connection) ? byFile(defined) : defined;
        watched.watchedBy(
                new BinlogWatch(
                        context,
                        followed,
                        cascades,
                        order,
                        spec.dialect(),
                        kept.unfilled().definitions().keySet().stream()
                                .map(id -> new TableId(id.catalog(), id.table()))
                                .toList(),
                        server),
                begin.getStartingOffset().getGtidSet());
        opened.submitSplit(begin);
        return opened;
    }

    /** Returns the keys that the tables had where the replication begins, if that is known. */
    private static List<CascadingKeys.Key> definedKeys(CdcStart start) {
        return start instanceof CdcStart.At at
                ? at.createTable().entrySet().stream()
                        .map(
                                e ->
                                        BinlogStatement.parse(
                                                TableId.parse(e.getKey()).database(), e.getValue()))
                        .flatMap(definition -> definition.keys().cascading().stream())
                        .toList()
                : List.of();
    }

    /** Returns the same of the keys that keep rows apart. */
    private static Map<TableId, List<TableKey>> definedUniqueKeys(CdcStart start) {
        Map<TableId, List<TableKey>> keys = new HashMap<>();
        if (start instanceof CdcStart.At at) {
            at.createTable()
                    .forEach(
                            (name, definition) -> {
                                TableId table = TableId.parse(name);
                                keys.put(
                                        table,
                                        BinlogStatement.parse(table.database(), definition)
                                                .definedKeys()
                                                .created());
                            });
        }
        return keys;
    }

    private static boolean hasTags(MySqlConnection connection) {
        try {
            return GtidTags.in(
                    connection.queryAndMap(
                            "SELECT @@GLOBAL.gtid_executed",
                            row -> row.next() ? row.getString(1) : ""));
        } catch (SQLException e) {
            throw new IllegalStateException("MySQL does not name its GTIDs", e);
        }
    }

    /** Returns the split without GTIDs, so that its file and offset say where it begins. */
    private static MySqlBinlogSplit byFile(MySqlBinlogSplit split) {
        Map<String, String> offset = new HashMap<>(split.getStartingOffset().getOffset());
        offset.remove(BinlogOffset.GTID_SET_KEY);
        return Splits.with(split, offset, split.getTableSchemas());
    }

    @Override
    public void close() throws Exception {
        if (reader != null) {
            reader.close();
        }
        super.close();
    }
}
