package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import io.iotdbmigrate.flink.cdc.BinlogMark.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an event of the binlog.
 *
 * @param event what the connector has instead; null: nothing
 * @param mark that stands behind it; null: none
 * @param text of the mark, such as the identifier of an XA transaction; may be empty
 */
record EventVerdict(@Nullable Event event, @Nullable Kind mark, String text) {
    /** Makes the verdict that hands an event on, with nothing behind it. */
    static EventVerdict as(Event event) {
        return new EventVerdict(event, null, "");
    }

    /** Makes the verdict that holds an event back, and marks that it was there. */
    static EventVerdict passed() {
        return new EventVerdict(null, Kind.PASSED, "");
    }
}
