package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.config.IotdbConfig.Tls;
import io.iotdbmigrate.model.Causes;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * A handshake before the client's own, which does not tell why it fails. As the client, it looks at
 * the certificate and not at the name in it.
 */
final class TlsProbe {
    private static final String JAVAS_PASSWORD = "changeit";

    private TlsProbe() {}

    /** Returns the trust store of the config, or else Java's. */
    static String trustStore(Tls tls) {
        return tls.trustStore() == null
                ? Path.of(System.getProperty("java.home"), "lib", "security", "cacerts").toString()
                : tls.trustStore();
    }

    /** Returns its password. */
    static String password(Tls tls) {
        if (tls.trustStore() == null) {
            return JAVAS_PASSWORD;
        }
        return tls.trustStorePassword() == null ? "" : tls.trustStorePassword().reveal();
    }

    /**
     * Speaks TLS with a node.
     *
     * @param node {@code host:port}
     * @throws UserException exit code 5, if its certificate is not trusted; 3, if the trust store
     *     cannot be read
     * @throws IoTDBConnectionException if it does not speak TLS, or went away
     */
    static void handshake(String node, Tls tls, int timeoutMillis) throws IoTDBConnectionException {
        SSLContext context = context(tls);
        int colon = node.lastIndexOf(':');
        String host = node.substring(0, colon);
        int port = Integer.parseInt(node.substring(colon + 1));
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), timeoutMillis);
            plain.setSoTimeout(timeoutMillis);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
                socket.startHandshake();
            }
        } catch (IOException e) {
            if (isOfTrust(e)) {
                throw new UserException(
                        ExitCode.IOTDB,
                        "IoTDB at "
                                + node
                                + " shows a certificate that "
                                + (tls.trustStore() == null ? "Java" : tls.trustStore())
                                + " does not trust; name a store with its CA in"
                                + " connections.iotdb.tls.trust_store",
                        e);
            }
            throw new IoTDBConnectionException(
                    "it does not speak TLS, which connections.iotdb.tls asks for: "
                            + Causes.message(e),
                    e);
        }
    }

    private static SSLContext context(Tls tls) {
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(
                    KeyStore.getInstance(new File(trustStore(tls)), password(tls).toCharArray()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "connections.iotdb.tls.trust_store: "
                            + trustStore(tls)
                            + " cannot be read ("
                            + Causes.message(e)
                            + "); check the path and trust_store_password",
                    e);
        }
    }

    private static boolean isOfTrust(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException
                    || cause instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }
}
