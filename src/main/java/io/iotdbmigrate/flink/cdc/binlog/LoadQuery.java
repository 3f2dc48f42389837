package io.iotdbmigrate.flink.cdc.binlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.shyiko.mysql.binlog.event.ByteArrayEventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;

/**
 * A reader of {@code LOAD DATA} that was logged as a statement, which the binlog client does not.
 */
final class LoadQuery {
    private static final int SCHEMA_LENGTH_AT = 8;
    private static final int STATUS_LENGTH_AT = 11;
    private static final int FIXED_LENGTH = 26;

    private LoadQuery() {}

    static QueryEventData of(ByteArrayEventData event) {
        byte[] data = event.getData();
        int schemaLength = data[SCHEMA_LENGTH_AT] & 0xFF;
        int schemaAt =
                FIXED_LENGTH
                        + (data[STATUS_LENGTH_AT] & 0xFF)
                        + ((data[STATUS_LENGTH_AT + 1] & 0xFF) << 8);
        int sqlAt = schemaAt + schemaLength + 1;
        QueryEventData query = new QueryEventData();
        query.setDatabase(new String(data, schemaAt, schemaLength, UTF_8));
        query.setSql(new String(data, sqlAt, data.length - sqlAt, UTF_8));
        return query;
    }
}
