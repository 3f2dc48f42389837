package io.iotdbmigrate.model;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One row on its way to IoTDB.
 *
 * @param time in the server's unit
 * @param values one per measurement of its mapping, in the Java forms of {@link TargetType}; null
 *     where MySQL has null. Not copied: nobody writes to it after construction
 */
@SuppressWarnings("ArrayRecordComponent")
public record TargetRow(Device device, long time, @Nullable Object[] values)
        implements Serializable {

    /** Tells whether IoTDB keeps nothing of it: a row of nulls does not exist there. */
    public boolean isEmpty() {
        for (Object value : values) {
            if (value != null) {
                return false;
            }
        }
        return true;
    }

    /** Returns the same with the mark of a row that MySQL has deleted behind its values. */
    public TargetRow marked() {
        Object[] all = Arrays.copyOf(values, values.length + 1, Object[].class);
        all[values.length] = true;
        return new TargetRow(device, time, all);
    }
}
