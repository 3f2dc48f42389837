package io.iotdbmigrate.bench;

import org.apache.iotdb.isession.ITableSession;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.rpc.TSStatusCode;
import org.apache.iotdb.session.Session;

/** The copy of a table in IoTDB, in either model, whose values can be counted. */
sealed interface Copy extends AutoCloseable {
    long PATIENCE_MILLIS = 60_000;

    /** Opens a session of its own. */
    static Copy open(Readings readings) throws IoTDBConnectionException {
        return switch (readings.model()) {
            case TREE -> new OfTree(BenchIotdb.open(), readings);
            case TABLE -> new OfTable(BenchIotdb.openTables(), readings);
        };
    }

    /**
     * Counts values of a column.
     *
     * @param condition behind WHERE; empty: all count
     */
    long count(String column, String condition) throws Exception;

    /** Counts those of one device. */
    long count(String column, String condition, int device) throws Exception;

    @Override
    void close() throws IoTDBConnectionException;

    private static long sum(SessionDataSet answer)
            throws IoTDBConnectionException, StatementExecutionException {
        long sum = 0;
        try (answer) {
            while (answer.hasNext()) {
                for (var field : answer.next().getFields()) {
                    sum += field.getLongV();
                }
            }
        }
        return sum;
    }

    private static String where(String condition) {
        return condition.isEmpty() ? "" : " WHERE " + condition;
    }

    /** A device for each one of MySQL's. */
    record OfTree(Session session, Readings readings) implements Copy {
        @Override
        public long count(String column, String condition) throws Exception {
            return count(column, condition, readings.path() + ".*");
        }

        @Override
        public long count(String column, String condition, int device) throws Exception {
            return count(column, condition, readings.path(device));
        }

        private long count(String column, String condition, String from) throws Exception {
            return sum(
                    session.executeQueryStatement(
                            "SELECT count(" + column + ") FROM " + from + where(condition),
                            PATIENCE_MILLIS));
        }

        @Override
        public void close() throws IoTDBConnectionException {
            session.close();
        }
    }

    /** A table whose TAG is MySQL's device. */
    record OfTable(ITableSession session, Readings readings) implements Copy {
        @Override
        public long count(String column, String condition) throws Exception {
            String query =
                    "SELECT count(%s) FROM %s.%s%s"
                            .formatted(
                                    column,
                                    readings.database(),
                                    readings.table(),
                                    where(condition));
            try {
                return sum(session.executeQueryStatement(query, PATIENCE_MILLIS));
            } catch (StatementExecutionException e) {
                if (e.getStatusCode() == TSStatusCode.TABLE_NOT_EXISTS.getStatusCode()) {
                    return 0; // made with the first row
                }
                throw e;
            }
        }

        @Override
        public long count(String column, String condition, int device) throws Exception {
            String of = "device_id = '" + device + "'";
            return count(column, condition.isEmpty() ? of : of + " AND " + condition);
        }

        @Override
        public void close() throws IoTDBConnectionException {
            session.close();
        }
    }
}
