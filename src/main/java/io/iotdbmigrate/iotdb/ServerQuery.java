package io.iotdbmigrate.iotdb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.read.common.Field;
import org.jspecify.annotations.Nullable;

/** Queries whose answers are a few columns of text, as those of SHOW are. */
public final class ServerQuery {
    private ServerQuery() {}

    /** One row of an answer; columns are found by name, so that other versions may have more. */
    public record Row(List<String> columns, List<Field> fields) {
        public @Nullable String get(String column) {
            int index = columns.indexOf(column);
            Field field = index < 0 ? null : fields.get(index);
            return field == null || field.getDataType() == null ? null : field.getStringValue();
        }
    }

    /**
     * A whole answer.
     *
     * @param columns also where there is no row
     */
    public record Answer(List<String> columns, List<Row> rows) {
        public Answer {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** Returns a whole answer, which must be short. */
    static Answer whole(Session session, String sql)
            throws IoTDBConnectionException, StatementExecutionException {
        try (SessionDataSet answer = session.executeQueryStatement(sql)) {
            List<String> columns = answer.getColumnNames();
            List<Row> rows = new ArrayList<>();
            while (answer.hasNext()) {
                rows.add(new Row(columns, answer.next().getFields()));
            }
            return new Answer(columns, rows);
        }
    }

    /** Returns all rows of an answer, which must be short. */
    public static List<Row> all(Session session, String sql, long timeoutMillis)
            throws IoTDBConnectionException, StatementExecutionException {
        List<Row> rows = new ArrayList<>();
        each(session, sql, timeoutMillis, rows::add);
        return rows;
    }

    /** Hands on the rows until there are no more or {@code wantsMore} says that it has enough. */
    public static void each(Session session, String sql, Predicate<Row> wantsMore)
            throws IoTDBConnectionException, StatementExecutionException {
        each(session, sql, session.getQueryTimeout(), wantsMore);
    }

    /** Hands over each row; for queries that may take longer than a person would wait. */
    public static void each(
            Session session, String sql, long timeoutMillis, Predicate<Row> wantsMore)
            throws IoTDBConnectionException, StatementExecutionException {
        try (SessionDataSet answer = session.executeQueryStatement(sql, timeoutMillis)) {
            List<String> columns = answer.getColumnNames();
            boolean more = true;
            while (more && answer.hasNext()) {
                more = wantsMore.test(new Row(columns, answer.next().getFields()));
            }
        }
    }
}
