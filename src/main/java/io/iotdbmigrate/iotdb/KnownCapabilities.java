package io.iotdbmigrate.iotdb;

import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.jspecify.annotations.Nullable;

/** The capabilities of one server, asked for once. Used by one thread. */
public final class KnownCapabilities {
    private final Session session;
    private final String user;
    private @Nullable ServerCapabilities known;

    /**
     * @param session of the tree model
     */
    public KnownCapabilities(Session session, String user) {
        this.session = session;
        this.user = user;
    }

    /** Returns them; the first call asks the server. */
    public ServerCapabilities get() throws IoTDBConnectionException, StatementExecutionException {
        ServerCapabilities found = known;
        if (found == null) {
            found = ServerCapabilities.ask(session, user);
            known = found;
        }
        return found;
    }
}
