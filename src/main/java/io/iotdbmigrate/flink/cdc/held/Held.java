package io.iotdbmigrate.flink.cdc.held;

import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.rows.RangePartitions.Range;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times that the rows of a table have had, as a checkpoint has them.
 *
 * @param from the smallest, in the unit of IoTDB; greater than {@code last} if there was no row
 * @param last the greatest
 * @param known whether no row can have had another time
 * @param file where the binlog ended when MySQL was asked for them: a statement before that may
 *     have taken rows away which nobody has seen. Null: the binlog had all of them
 */
public record Held(
        String database,
        String table,
        long from,
        long last,
        boolean known,
        @Nullable String file,
        long offset) {

    /** Returns that of a table without rows. */
    static Held none(TableId table) {
        return new Held(
                table.database(), table.table(), Long.MAX_VALUE, Long.MIN_VALUE, true, null, 0);
    }

    /** Returns that of a table whose rows nobody can tell. */
    static Held unknown(TableId table) {
        return none(table).unknown();
    }

    TableId id() {
        return new TableId(database, table);
    }

    /** Returns the range of all times; empty if there was no row. */
    Optional<Range> range() {
        return from > last ? Optional.empty() : Optional.of(new Range(from, last));
    }

    Held unknown() {
        return new Held(database, table, from, last, false, null, 0);
    }

    /** Returns what is known at a statement. */
    Held at(ChangePosition statement) {
        return file == null || isBehindLook(statement) ? this : unknown();
    }

    /** Forgets when MySQL was asked, once all before that was read. */
    Held passed(ChangePosition read) {
        return file != null && isBehindLook(read) ? settled() : this;
    }

    private boolean isBehindLook(ChangePosition place) {
        int files = ChangePosition.compareFiles(place.file(), String.valueOf(file));
        return files > 0 || (files == 0 && place.offset() >= offset);
    }

    private Held settled() {
        return new Held(database, table, from, last, known, null, 0);
    }

    /** Adds a time. */
    Held and(long time) {
        return from <= time && time <= last ? this : and(new Range(time, time));
    }

    /** Adds a range of times. */
    Held and(Range range) {
        return new Held(
                database,
                table,
                Math.min(from, range.from()),
                Math.max(last, range.last()),
                known,
                file,
                offset);
    }

    /** Notes where the binlog ended when MySQL was asked. */
    Held lookedAt(String ofFile, long end) {
        return new Held(database, table, from, last, known, ofFile, end);
    }

    /** Returns the same for another name, under which other rows may have been. */
    Held named(TableId name, Held other) {
        return new Held(
                name.database(),
                name.table(),
                Math.min(from, other.from),
                Math.max(last, other.last),
                known,
                null,
                0);
    }
}
