package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.KeyValue;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A planner that cuts a table into chunks of at most {@code chunkRows} rows (a non-unique key: plus
 * the rows that share the last value), one after another, without remembering anything but the
 * {@link Cursor}. Dense integer keys are cut by arithmetic, all others by asking the index for
 * every n-th key.
 */
public final class ChunkPlanner {
    /** Up to so many key values per estimated row a range of integers counts as dense. */
    private static final int DENSE = 4;

    private final ChunkSql sql;
    private final int mapping;
    private final long chunkRows;
    private final long estimatedRows;

    public ChunkPlanner(ChunkSql sql, int mapping, long chunkRows, long estimatedRows) {
        this.sql = sql;
        this.mapping = mapping;
        this.chunkRows = chunkRows;
        this.estimatedRows = estimatedRows;
    }

    /**
     * How far a table is planned.
     *
     * @param after end of the last chunk, empty before the first
     * @param end the table's last key when planning began; rows behind it are the binlog's
     * @param step key values per chunk of a dense integer key, 0 for any other
     * @param chunks planned so far
     */
    public record Cursor(
            List<KeyValue> after, List<KeyValue> end, long step, long chunks, boolean done)
            implements Serializable {
        public Cursor {
            after = List.copyOf(after);
            end = List.copyOf(end);
        }
    }

    /** A chunk and where planning goes on. */
    public record Next(Chunk chunk, Cursor cursor) {}

    /** Looks at both ends of the key. An empty table is done at once. */
    public Cursor begin(Connection connection) throws SQLException {
        if (!sql.hasKey()) {
            return new Cursor(List.of(), List.of(), 0, 0, false);
        }
        Optional<List<KeyValue>> first = key(connection, sql.edge(false));
        Optional<List<KeyValue>> last = key(connection, sql.edge(true));
        if (first.isEmpty() || last.isEmpty()) {
            return new Cursor(List.of(), List.of(), 0, 0, true);
        }
        boolean integer =
                sql.keyColumns().size() == 1 && sql.keyColumns().get(0).type().kind().isInteger();
        if (integer) {
            BigInteger from = new BigInteger(first.get().get(0).text());
            BigInteger span = new BigInteger(last.get().get(0).text()).subtract(from);
            long rows = Math.max(estimatedRows, chunkRows);
            if (span.compareTo(BigInteger.valueOf(rows).multiply(BigInteger.valueOf(DENSE))) < 0) {
                List<KeyValue> before = List.of(number(from.subtract(BigInteger.ONE).toString()));
                return new Cursor(before, last.get(), chunkRows, 0, false);
            }
        }
        return new Cursor(List.of(), last.get(), 0, 0, false);
    }

    /**
     * Returns the next chunk.
     *
     * @throws IllegalStateException if the cursor is done
     */
    public Next next(Connection connection, Cursor cursor) throws SQLException {
        if (cursor.done()) {
            throw new IllegalStateException("planned to the end: " + sql.table());
        }
        List<KeyValue> upTo = sql.hasKey() ? boundary(connection, cursor) : List.of();
        boolean done = upTo.equals(cursor.end());
        // What lies before the first key was not there when planning began, but may be taken along.
        List<KeyValue> after = cursor.chunks() == 0 ? List.of() : cursor.after();
        Chunk chunk = new Chunk(mapping, cursor.chunks(), after, upTo);
        return new Next(
                chunk, new Cursor(upTo, cursor.end(), cursor.step(), cursor.chunks() + 1, done));
    }

    private List<KeyValue> boundary(Connection connection, Cursor cursor) throws SQLException {
        if (cursor.step() > 0) {
            BigInteger end = new BigInteger(cursor.end().get(0).text());
            BigInteger next =
                    new BigInteger(cursor.after().get(0).text())
                            .add(BigInteger.valueOf(cursor.step()));
            return List.of(number(next.min(end).toString()));
        }
        // None: fewer rows than a chunk are left, or the step would go past the end as it was.
        return key(connection, sql.step(cursor.after(), cursor.end(), chunkRows))
                .orElse(cursor.end());
    }

    private Optional<List<KeyValue>> key(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                return Optional.empty();
            }
            List<KeyValue> key = new ArrayList<>();
            for (int i = 0; i < sql.keyColumns().size(); i++) {
                key.add(keyValue(sql.keyColumns().get(i), row, i + 1));
            }
            return Optional.of(key);
        }
    }

    private static KeyValue keyValue(Column column, ResultSet row, int index) throws SQLException {
        return switch (column.type().kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, YEAR, DECIMAL ->
                    number(new BigDecimal(row.getString(index)).toPlainString());
            case BINARY, VARBINARY ->
                    new KeyValue(
                            KeyValue.Kind.BYTES, HexFormat.of().formatHex(row.getBytes(index)));
            default -> new KeyValue(KeyValue.Kind.TEXT, row.getString(index));
        };
    }

    private static KeyValue number(String digits) {
        return new KeyValue(KeyValue.Kind.NUMBER, digits);
    }
}
