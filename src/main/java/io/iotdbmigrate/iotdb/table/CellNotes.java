package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.tsfile.enums.ColumnCategory;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.utils.Binary;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.MeasurementSchema;
import org.jspecify.annotations.Nullable;

/**
 * The notes of values whose rows are being written anew: what a crash must not lose. Each writer
 * has rows of its own in a table beside the mapping's, and only ever overwrites them. So a server
 * that loses deletions brings no old note back. Not thread-safe.
 */
final class CellNotes {
    private static final int PART_BYTES = 1 << 20;
    private static final long NONE = 0;

    private final Retries retries;
    private final String database;
    private final CellClearing.Rows target;
    private final String slot = UUID.randomUUID().toString();
    private final Random numbers = new Random();
    private final Set<String> created = new HashSet<>();

    CellNotes(Retries retries, String database, CellClearing.Rows target) {
        this.retries = retries;
        this.database = database;
        this.target = target;
    }

    /**
     * A note that nobody took away.
     *
     * @param slot of the writer that made it
     */
    record Left(String slot, List<TargetRow> cells, int parts) {
        Left {
            cells = List.copyOf(cells);
        }
    }

    /** Returns the table that has the notes of a mapping. */
    static String table(TableMapping mapping) {
        return "_cells_" + mapping.tags().table();
    }

    private static TargetType type(TableMapping mapping) {
        return mapping.measurements().get(0).type();
    }

    /**
     * Notes values, in place of those noted before. They survive a crash of the server after a
     * FLUSH.
     *
     * @return what takes the note away
     */
    Left add(TableMapping mapping, List<TargetRow> cells) throws IOException {
        create(mapping);
        List<byte[]> parts = NotedCells.parts(type(mapping), cells, PART_BYTES);
        long number = 1 + numbers.nextLong(Long.MAX_VALUE - 1);
        for (int part = 0; part < parts.size(); part++) {
            target.insert(tablet(mapping, slot, part, number, List.of(parts.get(part))));
        }
        return new Left(slot, List.of(), parts.size());
    }

    /** Takes a note away. What has been brought back has to be durable before. */
    void remove(TableMapping mapping, Left left) throws IOException {
        byte[][] empty = new byte[left.parts()][0];
        target.insert(tablet(mapping, left.slot(), 0, NONE, Arrays.asList(empty)));
    }

    /** Returns the notes that stand, of whichever writers. */
    List<Left> left(TableMapping mapping) throws IOException {
        List<Left> left = new ArrayList<>();
        if (!KnownTables.columns(retries, database, table(mapping)).exists()) {
            return left;
        }
        String query =
                "SELECT slot, number FROM "
                        + TableSql.table(database, table(mapping))
                        + " WHERE time = 0";
        for (ServerQuery.Row row : TableSql.answer(retries, database, query)) {
            long number = Long.parseLong(String.valueOf(row.get("number")));
            if (number != NONE) {
                left.add(left(mapping, String.valueOf(row.get("slot")), number));
            }
        }
        return left;
    }

    /** Reads a note's parts, as far as they are of its number: behind them are older ones. */
    private Left left(TableMapping mapping, String of, long number) throws IOException {
        List<TargetRow> cells = new ArrayList<>();
        int part = 0;
        for (byte[] bytes = part(mapping, of, number, part);
                bytes != null;
                bytes = part(mapping, of, number, part)) {
            cells.addAll(NotedCells.of(type(mapping), bytes));
            part++;
        }
        return new Left(of, cells, part);
    }

    private byte @Nullable [] part(TableMapping mapping, String of, long number, int part)
            throws IOException {
        String query =
                "SELECT number, entry FROM "
                        + TableSql.table(database, table(mapping))
                        + " WHERE slot = "
                        + TagValues.literal(of)
                        + " AND time = "
                        + part;
        try {
            return retries.call(
                    session -> {
                        try (SessionDataSet answer = session.executeQueryStatement(query)) {
                            SessionDataSet.DataIterator rows = answer.iterator();
                            return rows.next() && rows.getLong(1) == number
                                    ? rows.getBlob(2).getValues()
                                    : null;
                        }
                    });
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to hand out notes of table " + table(mapping), e);
        }
    }

    private void create(TableMapping mapping) throws IOException {
        String table = table(mapping);
        if (!created.add(table)) {
            return;
        }
        String statement =
                "CREATE TABLE IF NOT EXISTS "
                        + TableSql.table(database, table)
                        + " (slot STRING TAG, number INT64 FIELD, entry BLOB FIELD)"
                        + " WITH (TTL='INF')";
        try {
            retries.run(session -> session.executeNonQueryStatement(statement));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to create table " + table, e);
        }
    }

    private static Tablet tablet(
            TableMapping mapping, String slot, int part, long number, List<byte[]> entries) {
        int rows = entries.size();
        long[] times = new long[rows];
        long[] numbers = new long[rows];
        Binary[] slots = new Binary[rows];
        Binary[] values = new Binary[rows];
        for (int row = 0; row < rows; row++) {
            times[row] = part + (long) row;
            numbers[row] = number;
            slots[row] = new Binary(slot, StandardCharsets.UTF_8);
            values[row] = new Binary(entries.get(row));
        }
        return new Tablet(
                table(mapping),
                List.of(
                        new MeasurementSchema("slot", TSDataType.STRING),
                        new MeasurementSchema("number", TSDataType.INT64),
                        new MeasurementSchema("entry", TSDataType.BLOB)),
                List.of(ColumnCategory.TAG, ColumnCategory.FIELD, ColumnCategory.FIELD),
                times,
                new Object[] {slots, numbers, values},
                null,
                rows);
    }
}
