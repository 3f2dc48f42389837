package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.QueryEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/** A statement with its status, which the binlog client passes over. */
public final class LoggedQuery extends QueryEventData {
    private static final long serialVersionUID = 1L;

    private static final int STATUS_LENGTH_AT = 11;
    private static final int STATUS_AT = 13;

    private final transient QueryStatus status;

    private LoggedQuery(QueryEventData plain, QueryStatus status) {
        this.status = status;
        setThreadId(plain.getThreadId());
        setExecutionTime(plain.getExecutionTime());
        setErrorCode(plain.getErrorCode());
        setDatabase(plain.getDatabase());
        setSql(plain.getSql());
    }

    /** Returns the status of a statement; nothing is told of one that stands in another event. */
    public static QueryStatus status(QueryEventData query) {
        return query instanceof LoggedQuery logged ? logged.status : QueryStatus.UNKNOWN;
    }

    /** A deserializer in the place of the client's own. */
    public static final class Deserializer extends QueryEventDataDeserializer {
        @Override
        public QueryEventData deserialize(ByteArrayInputStream in) throws IOException {
            byte[] bytes = in.read(in.available());
            int length =
                    (bytes[STATUS_LENGTH_AT] & 0xFF)
                            | ((bytes[STATUS_LENGTH_AT + 1] & 0xFF) << Byte.SIZE);
            return new LoggedQuery(
                    super.deserialize(new ByteArrayInputStream(bytes)),
                    QueryStatus.of(Arrays.copyOfRange(bytes, STATUS_AT, STATUS_AT + length)));
        }
    }
}
