package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.PathNode;
import io.iotdbmigrate.mapping.TreePath;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.TimePrecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.rpc.TSStatusCode;
import org.apache.iotdb.service.rpc.thrift.ServerProperties;
import org.apache.iotdb.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server can do and lets its user do, asked once for each start: versions differ, and those
 * to come are not known.
 *
 * @param precision the unit of its timestamps
 * @param readOnly whether it takes no writes now
 * @param frame how long a request may be
 * @param privileges how the server names what it asks for
 * @param grants of the user; empty if it need not or may not list them
 * @param flushRefusal why the user may not run FLUSH, in the server's words; empty if it may
 */
public record ServerCapabilities(
        TimePrecision precision,
        boolean readOnly,
        FrameLimit frame,
        PrivilegeNames privileges,
        Optional<List<Grant>> grants,
        Optional<String> flushRefusal) {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCapabilities.class);
    private static final String SUPERUSER = "root";

    /** The column of a grant's path; the older name is the better known. */
    private static final String PATH = "Path";

    private static final String SCOPE = "Scope";

    /** How a server names the privilege to create databases and to run FLUSH. */
    public enum PrivilegeNames {
        /** MANAGE_DATABASE creates, and nobody but root may run FLUSH. LIST says Path. */
        MANAGE_DATABASE,
        /** SYSTEM is for both. LIST says Scope. */
        SYSTEM
    }

    /**
     * One grant.
     *
     * @param path the nodes that it is for, empty for all; without {@code **}
     * @param below whether it is for all paths below
     */
    public record Grant(List<String> path, boolean below, String privilege) {
        public Grant {
            path = List.copyOf(path);
        }

        /** Tells whether it covers all that is below a prefix. */
        boolean covers(List<String> prefix) {
            return path.isEmpty()
                    || (below
                            && path.size() <= prefix.size()
                            && prefix.subList(0, path.size()).equals(path));
        }
    }

    /** A server that can be asked. */
    public interface Server {
        ServerProperties properties() throws IoTDBConnectionException;

        ServerQuery.Answer query(String sql)
                throws IoTDBConnectionException, StatementExecutionException;

        void execute(String sql) throws IoTDBConnectionException, StatementExecutionException;
    }

    /** Asks a server that a session of {@link IotdbSessions#open} leads to. */
    public static ServerCapabilities ask(Session session, String user)
            throws IoTDBConnectionException, StatementExecutionException {
        OpenSession open = (OpenSession) session;
        return ask(
                new Server() {
                    @Override
                    public ServerProperties properties() throws IoTDBConnectionException {
                        return open.properties();
                    }

                    @Override
                    public ServerQuery.Answer query(String sql)
                            throws IoTDBConnectionException, StatementExecutionException {
                        return ServerQuery.whole(open, sql);
                    }

                    @Override
                    public void execute(String sql)
                            throws IoTDBConnectionException, StatementExecutionException {
                        open.executeNonQueryStatement(sql);
                    }
                },
                user);
    }

    public static ServerCapabilities ask(Server server, String user)
            throws IoTDBConnectionException, StatementExecutionException {
        ServerProperties properties = server.properties();
        TimePrecision precision = TimePrecision.of(properties.getTimestampPrecision());
        boolean readOnly = properties.isIsReadOnly();
        FrameLimit frame = FrameLimit.of(properties);
        if (user.equals(SUPERUSER)) {
            return new ServerCapabilities(
                    precision,
                    readOnly,
                    frame,
                    PrivilegeNames.MANAGE_DATABASE,
                    Optional.empty(),
                    Optional.empty());
        }
        PrivilegeNames names = PrivilegeNames.MANAGE_DATABASE;
        List<Grant> grants = null;
        try {
            ServerQuery.Answer answer =
                    server.query("LIST PRIVILEGES OF USER " + PathNode.quote(user));
            grants = answer.rows().stream().map(ServerCapabilities::grant).toList();
            if (answer.columns().contains(SCOPE)) {
                names = PrivilegeNames.SYSTEM;
            }
        } catch (StatementExecutionException e) {
            LOG.info("user {} may not list its grants", user, e);
        }
        return new ServerCapabilities(
                precision,
                readOnly,
                frame,
                names,
                Optional.ofNullable(grants),
                flushRefusal(server));
    }

    private static Grant grant(ServerQuery.Row row) {
        String path = row.get(row.columns().contains(SCOPE) ? SCOPE : PATH);
        List<String> nodes =
                path == null || path.isEmpty()
                        ? new ArrayList<>()
                        : new ArrayList<>(TreePath.split(path));
        boolean below = nodes.remove("**");
        return new Grant(nodes, below, String.valueOf(row.get("Privileges")));
    }

    /** Tries it. A database that is not there is refused behind the privilege. */
    private static Optional<String> flushRefusal(Server server) throws IoTDBConnectionException {
        try {
            server.execute("FLUSH " + JournalDatabase.PATH);
            return Optional.empty();
        } catch (StatementExecutionException e) {
            return e.getStatusCode() == TSStatusCode.NO_PERMISSION.getStatusCode()
                    ? Optional.of(e.getMessage())
                    : Optional.empty();
        }
    }

    /** Returns what mappings have to know of it. */
    public TargetFacts facts() {
        return new TargetFacts(precision, frame.rowBytes());
    }

    /** Tells whether the user has a privilege for all that is below a prefix. */
    public boolean grants(String privilege, String prefix) {
        List<String> nodes = TreePath.split(prefix);
        return grants.isEmpty()
                || grants.get().stream()
                        .anyMatch(g -> g.privilege().equals(privilege) && g.covers(nodes));
    }

    /**
     * Tells whether the user sees which series there are below a prefix. A user that may not is
     * answered that there are none. To write implies to read.
     */
    public boolean seesSeries(String prefix) {
        return grants("READ_SCHEMA", prefix) || grants("WRITE_SCHEMA", prefix);
    }
}
