package io.iotdbmigrate.iotdb;

import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.apache.iotdb.common.rpc.thrift.TEndPoint;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.service.rpc.thrift.ServerProperties;
import org.apache.iotdb.session.Session;
import org.apache.iotdb.session.SessionConnection;
import org.apache.thrift.TException;
import org.apache.tsfile.write.record.Tablet;
import org.jspecify.annotations.Nullable;

/**
 * The client's session, which also hands out what the server says of itself, and sorts no more than
 * it has to. The client asks for the same, and keeps all but the precision of times to itself. Not
 * thread-safe.
 */
final class OpenSession extends Session {
    private @Nullable Connection connection;

    OpenSession(Builder builder) {
        super(builder);
    }

    @Override
    public SessionConnection constructSessionConnection(
            Session session, TEndPoint endpoint, ZoneId zone) throws IoTDBConnectionException {
        Connection opened = new Connection(this, zone);
        connection = opened;
        return opened;
    }

    /** Leaves a tablet as it is whose rows are in order for the server. */
    @Override
    public void sortTablet(Tablet tablet) {
        if (!(tablet instanceof OrderedTablet)) {
            super.sortTablet(tablet);
        }
    }

    /** Asks the server. */
    ServerProperties properties() throws IoTDBConnectionException {
        Connection open = connection;
        if (open == null) {
            throw new IoTDBConnectionException("the session is not open");
        }
        try {
            return open.properties();
        } catch (TException e) {
            throw new IoTDBConnectionException(e);
        }
    }

    private Supplier<List<TEndPoint>> nodes() {
        return availableNodes;
    }

    private static final class Connection extends SessionConnection {
        Connection(OpenSession session, ZoneId zone) throws IoTDBConnectionException {
            super(
                    session,
                    zone,
                    session.nodes(),
                    session.maxRetryCount,
                    session.retryIntervalInMs,
                    session.sqlDialect,
                    session.database);
        }

        ServerProperties properties() throws TException {
            return client.getProperties();
        }
    }
}
