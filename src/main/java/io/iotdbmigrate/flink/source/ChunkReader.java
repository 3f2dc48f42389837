package io.iotdbmigrate.flink.source;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.flink.BackfillSpec;
import io.iotdbmigrate.flink.BackfillSpec.Table;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.RowDecoder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private final List<Table> tables;
    private final SimpleJdbcConnectionProvider connections;
    private final RateLimit rateLimit;
    private final Map<Integer, RowDecoder> decoders = new HashMap<>();
    private final Queue<ChunkSplit> splits = new ArrayDeque<>();
    private @Nullable ChunkSplit current;
    private @Nullable Statement statement;
    private @Nullable ResultSet rows;

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
        RowDecoder decoder =
                decoders.computeIfAbsent(
                        split.chunk().mapping(),
                        i -> new RowDecoder(tables.get(i).mapping().columns()));
        List<@Nullable Object[]> block = new ArrayList<>(BLOCK_ROWS);
        ResultSet from = java.util.Objects.requireNonNull(rows);
        boolean more = true;
        while (block.size() < BLOCK_ROWS && (more = from.next())) {
            block.add(decoder.decode(from));
        }
        rateLimit.acquire(block.size());
        RecordsBySplits.Builder<DecodedRows> records = new RecordsBySplits.Builder<>();
        records.add(split.splitId(), new DecodedRows(block, !more));
        if (!more) {
            records.addFinishedSplit(split.splitId());
            closeCursor();
            current = null;
        }
        return records.build();
    }

    private void open(ChunkSplit split) throws SQLException, ClassNotFoundException {
        Table table = tables.get(split.chunk().mapping());
        Connection connection = connections.getOrEstablishConnection();
        PreparedStatement select =
                connection.prepareStatement(
                        table.sql().select(table.mapping(), split.chunk()),
                        ResultSet.TYPE_FORWARD_ONLY,
                        ResultSet.CONCUR_READ_ONLY);
        statement = select;
        // Connector/J's sign for streaming the rows instead of holding them all.
        select.setFetchSize(Integer.MIN_VALUE);
        rows = select.executeQuery();
        current = split;
    }

    private void closeCursor() throws SQLException {
        if (rows != null) {
            rows.close();
            rows = null;
        }
        if (statement != null) {
            statement.close();
            statement = null;
        }
    }

    /**
     * Closing a half-read stream would read it to its end first; closing the connection does not.
     */
    private void abandon() {
        rows = null;
        statement = null;
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
