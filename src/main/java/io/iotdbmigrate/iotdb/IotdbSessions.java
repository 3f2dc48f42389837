package io.iotdbmigrate.iotdb;

import static java.util.Objects.requireNonNull;

import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.model.Causes;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.session.Session;

/** How this program connects to IoTDB. Retries are ours ({@link Retries}), not the client's. */
public final class IotdbSessions {
    /**
     * Bytes of a page that are taken, four times what the client itself allows: rows may be long.
     * What another protocol's first bytes come to as a length is more.
     */
    private static final int LONGEST_PAGE = 256 << 20;

    /** Rows of one page of an answer, as long as they are short. */
    static final int FETCH_ROWS = 20_000;

    /** The server's own codes stand before the colon; a port that contains 801 does not. */
    private static final Pattern LOGIN_REFUSED = Pattern.compile("(?<!\\d)8[0-2][0-9]: ");

    /** A server that does not answer for so long is taken to be cut off: connect anew. */
    static final Duration SILENCE = Duration.ofMinutes(5);

    /** As long as MySQL has. */
    private static final int CONNECT_MILLIS = 10_000;

    private static final String TABLE_DIALECT = "table";

    private IotdbSessions() {}

    /**
     * Opens a session; it is not thread-safe.
     *
     * @throws IoTDBConnectionException if no node answers or the login is refused
     */
    public static Session open(IotdbConfig config) throws IoTDBConnectionException {
        return open(config, FETCH_ROWS, SILENCE);
    }

    /**
     * Opens one as the other method does. The same.
     *
     * @param fetchRows rows of one page of an answer, which is taken up to 256 MB
     * @param silence a server that does not answer for so long is away
     */
    static OpenSession open(IotdbConfig config, int fetchRows, Duration silence)
            throws IoTDBConnectionException {
        IoTDBConnectionException failure = null;
        for (String node : config.nodes()) {
            try {
                return open(config, node, fetchRows, silence);
            } catch (IoTDBConnectionException e) {
                if (isRefused(e)) {
                    throw e;
                }
                failure = e;
            }
        }
        throw requireNonNull(failure);
    }

    /** Opens one at a node. The client would shuffle several, and wait for any that is silent. */
    private static OpenSession open(
            IotdbConfig config, String node, int fetchRows, Duration silence)
            throws IoTDBConnectionException {
        NodeProbe.require(node, CONNECT_MILLIS);
        if (config.tls().enabled()) {
            TlsProbe.handshake(node, config.tls(), CONNECT_MILLIS);
        }
        Session.Builder builder =
                new Session.Builder()
                        .nodeUrls(List.of(node))
                        .username(config.user())
                        .password(config.password().reveal())
                        .fetchSize(fetchRows)
                        .thriftMaxFrameSize(LONGEST_PAGE)
                        .zoneId(ZoneOffset.UTC)
                        .enableRedirection(false)
                        .enableAutoFetch(false)
                        .maxRetryCount(0)
                        .useSSL(config.tls().enabled());
        if (config.database() != null) {
            builder.sqlDialect = TABLE_DIALECT;
            // It need not be there yet.
            builder.database = config.database();
        }
        if (config.tls().enabled()) {
            // Without a store the client trusts nobody, and does not say so.
            builder.trustStore(TlsProbe.trustStore(config.tls()));
            builder.trustStorePwd(TlsProbe.password(config.tls()));
        }
        OpenSession session = new OpenSession(builder);
        session.open(false, (int) silence.toMillis());
        return session;
    }

    /** Tells whether {@link #open} failed because the server refuses the user. */
    static boolean isRefused(IoTDBConnectionException e) {
        return LOGIN_REFUSED.matcher(String.valueOf(e.getMessage())).find();
    }

    /** Describes a failed {@link #open} as one sentence. */
    public static UserException explain(IotdbConfig config, IoTDBConnectionException e) {
        String said = e.getMessage() == null ? e.toString() : e.getMessage();
        String sentence =
                isRefused(e)
                        ? "IoTDB at "
                                + config.address()
                                + " refuses user "
                                + config.user()
                                + "; check connections.iotdb.user and password"
                        : "cannot connect to IoTDB at "
                                + config.address()
                                + " ("
                                + Causes.withoutClasses(said)
                                        .lines()
                                        .findFirst()
                                        .orElse(said)
                                        .strip()
                                + "); check connections.iotdb."
                                + (config.nodes().size() > 1
                                        ? "nodes and tls"
                                        : "host or nodes, port and tls")
                                + ", and that the server runs";
        return new UserException(ExitCode.IOTDB, sentence, e);
    }

    /** Opens a session or explains why not. */
    public static Session openOrExplain(IotdbConfig config) {
        try {
            return open(config);
        } catch (IoTDBConnectionException e) {
            throw explain(config, e);
        }
    }
}
