package io.iotdbmigrate.flink.backfill;

import static java.util.Objects.requireNonNull;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.ConnectFailure;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.RowPackets;
import io.iotdbmigrate.mysql.RowStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
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
 * A reader that streams chunks from MySQL over one connection, a block of rows per fetch. Runs on
 * the fetcher thread, so that MySQL is read while the task decodes and maps and the sink writes.
 */
final class ChunkReader implements SplitReader<ChunkBlock, ChunkSplit> {
    private static final int BLOCK_ROWS = 2_000;

    /** A block of long values ends sooner: a few blocks are in memory at a time. */
    private static final int BLOCK_BYTES = 1 << 20;

    private final MySqlConfig mysql;
    private final List<Table> tables;
    private final SimpleJdbcConnectionProvider connections;
    private final RateLimit rateLimit;
    private final ReadTimes times;
    private final Queue<ChunkSplit> splits = new ArrayDeque<>();
    private @Nullable ChunkSplit current;
    private @Nullable RowStream rows;

    /** Room for a block that is as long as the last. */
    private int blockBytes;

    /**
     * @param readers that share the rate limit
     * @param times where it notes what it waits for
     */
    ChunkReader(BackfillSpec spec, int readers, ReadTimes times) {
        this.mysql = spec.mysql();
        this.times = times;
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
    public RecordsWithSplitIds<ChunkBlock> fetch() throws IOException {
        try {
            ChunkSplit split = current;
            if (split == null) {
                split = splits.poll();
                if (split == null) {
                    return new RecordsBySplits.Builder<ChunkBlock>().build();
                }
                open(split);
            }
            return block(split);
        } catch (UserException e) {
            abandon();
            throw e;
        } catch (SQLException e) {
            abandon();
            if (ConnectFailure.isRefusal(e)) {
                throw ConnectFailure.refusal(mysql, e);
            }
            throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
        } catch (ClassNotFoundException e) {
            abandon();
            throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
        }
    }

    private RecordsWithSplitIds<ChunkBlock> block(ChunkSplit split) throws SQLException {
        RowPackets block = new RowPackets(BLOCK_ROWS, blockBytes);
        RowStream from = requireNonNull(rows);
        boolean more = true;
        long begin = System.nanoTime();
        while (block.rows() < BLOCK_ROWS && block.bytes() < BLOCK_BYTES && more) {
            more = from.next(block);
        }
        blockBytes = Math.min(block.bytes() + block.bytes() / 8, BLOCK_BYTES);
        times.readSince(begin);
        long held = System.nanoTime();
        rateLimit.acquire(block.rows());
        times.limitedSince(held);
        RecordsBySplits.Builder<ChunkBlock> records = new RecordsBySplits.Builder<>();
        records.add(split.splitId(), new ChunkBlock(block, !more));
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
        long begin = System.nanoTime();
        rows =
                RowStream.open(
                        connections.getOrEstablishConnection(),
                        table.sql().select(table.mapping(), split.chunk()),
                        table.mapping().columns());
        times.readSince(begin);
        current = split;
    }

    /**
     * Closes the connection. Closing a half-read stream would read it to its end first; closing the
     * connection does not.
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
