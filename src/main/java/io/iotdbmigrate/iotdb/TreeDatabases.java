package io.iotdbmigrate.iotdb;

import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.rpc.TSStatusCode;
import org.apache.iotdb.session.Session;

/** The databases of IoTDB's tree. */
public final class TreeDatabases {
    private TreeDatabases() {}

    /** Creates a database unless it is there. */
    public static void create(Session session, String path)
            throws IoTDBConnectionException, StatementExecutionException {
        try {
            // Session.createDatabase() ends in a NullPointerException when the server does not
            // answer.
            session.executeNonQueryStatement("CREATE DATABASE " + path);
        } catch (StatementExecutionException e) {
            if (e.getStatusCode() != TSStatusCode.DATABASE_ALREADY_EXISTS.getStatusCode()) {
                throw e;
            }
        }
    }
}
