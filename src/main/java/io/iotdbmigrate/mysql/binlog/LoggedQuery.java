package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.QueryEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import com.mysql.cj.CharsetMapping;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A statement with its status, which the binlog client passes over. Its text is in the character
 * set of the client that sent it; the binlog client takes any for UTF-8.
 */
public final class LoggedQuery extends QueryEventData {
    private static final long serialVersionUID = 1L;

    private static final int SCHEMA_LENGTH_AT = 8;
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
            QueryStatus status =
                    QueryStatus.of(Arrays.copyOfRange(bytes, STATUS_AT, STATUS_AT + length));
            QueryEventData plain = super.deserialize(new ByteArrayInputStream(bytes));
            int begin = STATUS_AT + length + (bytes[SCHEMA_LENGTH_AT] & 0xFF) + 1;
            plain.setSql(
                    new String(bytes, begin, bytes.length - begin, charset(status.clientSet())));
            return new LoggedQuery(plain, status);
        }

        /**
         * Returns UTF-8 for one that is not told, or that only a newer server has, and for {@code
         * binary}, whose names the server takes as they are.
         */
        private static Charset charset(int collation) {
            String name =
                    collation == CharsetMapping.MYSQL_COLLATION_INDEX_binary
                            ? null
                            : CharsetMapping.getStaticJavaEncodingForCollationIndex(collation);
            return name == null || !Charset.isSupported(name)
                    ? StandardCharsets.UTF_8
                    : Charset.forName(name);
        }
    }
}
