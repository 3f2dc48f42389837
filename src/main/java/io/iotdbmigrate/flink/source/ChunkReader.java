package io.iotdbmigrate.flink.source;

import static java.util.Objects.requireNonNull;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.flink.BackfillSpec;
import io.iotdbmigrate.flink.BackfillSpec.Table;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.RowStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * Streams chunks from MySQL over one connection, a block of rows per fetch. Runs on the fetcher
 * thread, so that MySQL is read while the task maps and the sink writes.
 */
final class ChunkReader implements SplitReader<DecodedRows, ChunkSplit> {
    private static final int BLOCK_ROWS = 2_000;

    /** A block of long values ends sooner: a few blocks are in memory at a time. */
    private static final long BLOCK_BYTES = 1 << 20;

    private final List<Table> tables;
    private final SimpleJdbcConnectionProvider connections;
    private final RateLimit rateLimit;
    private final Queue<ChunkSplit> splits = new ArrayDeque<>();
    private @Nullable ChunkSplit current;
    private @Nullable RowStream rows;

    ChunkReader(BackfillSpec spec, int readers) {
        this.tables = spec.tables();
        this.connections = new SimpleJdbcConnectionProvider(options(spec.mysql()));
        this.rateLimit = new RateLimit(spec.rateLimit() / (double) readers);
    }

    private static JdbcConnectionOptions options(MySqlConfig mysql) {
        Properties properties = MySqlConnections.properties(mysql);
        JdbcConnectionOptions.JdbcConnectionOptionsBuilder options =
                new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                        .withUrl(MySqlConnections.url(mysql))
                        .withDriverName(MySqlConnections.DRIVER);
        properties
                .stringPropertyNames()
                .forEach(name -> options.withProperty(name, properties.getProperty(name)));
        return options.build();
    }

    @Override
    public RecordsWithSplitIds<DecodedRows> fetch() throws IOException {
        try {
            ChunkSplit split = current;
            if (split == null) {
                split = splits.poll();
                if (split == null) {
                    return new RecordsBySplits.Builder<DecodedRows>().build();
                }
                open(split);
            }
            return block(split);
        } catch (SQLException | ClassNotFoundException e) {
            abandon();
            throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
        }
    }

    private RecordsWithSplitIds<DecodedRows> block(ChunkSplit split) throws SQLException {
        List<@Nullable Object[]> block = new ArrayList<>(BLOCK_ROWS);
        RowStream from = requireNonNull(rows);
        @Nullable Object[] row = null;
        long end = from.bytes() + BLOCK_BYTES;
        while (block.size() < BLOCK_ROWS && from.bytes() < end && (row = from.next()) != null) {
            block.add(row);
        }
        boolean more = row != null;
        rateLimit.acquire(block.size());
        RecordsBySplits.Builder<DecodedRows> records = new RecordsBySplits.Builder<>();
        records.add(split.splitId(), new DecodedRows(block, !more));
        if (!more) {
            records.addFinishedSplit(split.splitId());
            from.close();
            rows = null;
            current = null;
        }
        return records.build();
    }

    private void open(ChunkSplit split) throws SQLException, ClassNotFoundException {
        Table table = tables.get(split.chunk().mapping());
        rows =
                RowStream.open(
                        connections.getOrEstablishConnection(),
                        table.sql().select(table.mapping(), split.chunk()),
                        table.mapping().columns());
        current = split;
    }

    /**
     * Closing a half-read stream would read it to its end first; closing the connection does not.
     */
    private void abandon() {
        rows = null;
        current = null;
        connections.closeConnection();
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ChunkSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException(change.getClass().getName());
        }
        splits.addAll(change.splits());
    }

    @Override
    public void wakeUp() {
        rateLimit.wakeUp();
    }

    @Override
    public void close() {
        abandon();
    }
}
