package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer.EventDataWrapper;
import com.github.shyiko.mysql.binlog.event.deserialization.TableMapEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Field;

/** A deserializer of TABLE_MAP events, also of those with types that the client does not know. */
public class TableMapReader extends TableMapEventDataDeserializer {
    @Override
    public TableMapEventData deserialize(ByteArrayInputStream in) throws IOException {
        byte[] bytes = in.read(in.available());
        return super.deserialize(new ByteArrayInputStream(TableMapBytes.known(bytes)));
    }

    /**
     * Has a client read TABLE_MAP events by one deserializer for its listeners, and by another for
     * its own deserializers of rows. The client offers no way to choose the second, and its own
     * knows no VECTOR.
     */
    public static void install(
            EventDeserializer events,
            EventDataDeserializer<TableMapEventData> forListeners,
            EventDataDeserializer<TableMapEventData> forRows) {
        events.setEventDataDeserializer(EventType.TABLE_MAP, forListeners);
        try {
            Field both = EventDeserializer.class.getDeclaredField("tableMapEventDataDeserializer");
            both.setAccessible(true);
            both.set(events, new EventDataWrapper.Deserializer(forRows, forListeners));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the binlog client is of another version", e);
        }
    }
}
