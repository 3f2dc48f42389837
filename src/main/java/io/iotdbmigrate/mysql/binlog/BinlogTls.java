package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import com.github.shyiko.mysql.binlog.network.SSLSocketFactory;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.config.MySqlConfig.TlsMode;
import io.iotdbmigrate.mysql.TlsMaterial;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * How a client of the binlog encrypts its connection: in the mode of Connector/J's, with the same
 * certificates. The client's own check of the host name is not used; Java's is.
 */
public final class BinlogTls {
    private final MySqlConfig config;

    /** Makes that of one server. */
    public BinlogTls(MySqlConfig config) {
        this.config = config;
    }

    /** Has a client connect so. */
    void secure(BinaryLogClient client) {
        client.setSSLMode(mode());
        client.setSslSocketFactory(factory());
    }

    /** Returns the mode for the client, which never looks at the host name itself. */
    public SSLMode mode() {
        TlsMode mode = config.tls().mode();
        return mode == TlsMode.VERIFY_IDENTITY ? SSLMode.VERIFY_CA : SSLMode.valueOf(mode.name());
    }

    /** Returns what makes an encrypted socket of a plain one. */
    public SSLSocketFactory factory() {
        TlsMode mode = config.tls().mode();
        SSLContext context = TlsMaterial.of(config.tls()).context(mode);
        return plain -> encrypted(context, plain, mode == TlsMode.VERIFY_IDENTITY);
    }

    private SSLSocket encrypted(SSLContext context, Socket plain, boolean checksName)
            throws SocketException {
        try {
            SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(plain, config.host(), config.port(), true);
            if (checksName) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            return socket;
        } catch (IOException e) {
            SocketException failure = new SocketException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }
}
