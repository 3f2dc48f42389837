package io.iotdbmigrate.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a row event means for one point in time of one device. A row that moved to another device or
 * time is two changes. One of a look-up's table may mean an attribute of many devices.
 *
 * @param mapping index of its mapping among those of the job
 * @param time in the server's unit
 * @param values one per measurement, see {@link TargetRow}; of a deletion those that the row had,
 *     if IoTDB keeps it with them, else null
 * @param key canonical values of the columns of device and time, then the names that look-ups gave:
 *     how MySQL finds the rows that share them; empty where no two rows can
 */
@SuppressWarnings("ArrayRecordComponent")
public record Change(
        int mapping,
        Kind kind,
        Device device,
        long time,
        @Nullable Object @Nullable [] values,
        List<Object> key) {

    public Change {
        key = List.copyOf(key);
    }

    /** What happened to the point. */
    public enum Kind {
        /** A row that was not there before. */
        INSERT,
        /**
         * A row that MySQL had before, but not at this point: it was moved, or left out. Of rows
         * that share a point it need not be the newest.
         */
        ARRIVAL,
        /** Other values for a row that was there. */
        UPDATE,
        /** The row is gone. */
        DELETE,
        /**
         * A look-up gives the devices of a key another attribute. The change has, as its device,
         * the number of the writer that is to know; as its time the index of the attribute; as its
         * only value the attribute's; and as its key that of the look-up.
         */
        ATTRIBUTE
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Change c
                && mapping == c.mapping
                && kind == c.kind
                && device.equals(c.device)
                && time == c.time
                && Arrays.deepEquals(values, c.values)
                && key.equals(c.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mapping, kind, device, time, Arrays.deepHashCode(values));
    }
}
