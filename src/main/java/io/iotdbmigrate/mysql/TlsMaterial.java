package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.MySqlConfig.Tls;
import io.iotdbmigrate.config.MySqlConfig.TlsMode;
import io.iotdbmigrate.config.PemFile;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificates and the key of {@code connections.mysql.tls}, for Connector/J and for the binlog
 * client. Connector/J reads key stores from files only: they are made in the folder for temporary
 * files, readable by this user only, with a password that this process alone knows, and removed
 * when it ends. Thread-safe.
 */
public final class TlsMaterial {
    private static final String TYPE = "PKCS12";
    private static final String SETTING = "connections.mysql.tls.";
    private static final Map<Tls, TlsMaterial> KNOWN = new ConcurrentHashMap<>();

    private final String password = UUID.randomUUID().toString();
    private final @Nullable KeyStore trusted;
    private final @Nullable KeyStore own;
    private final @Nullable Path trustedFile;
    private final @Nullable Path ownFile;

    private TlsMaterial(Tls tls) throws GeneralSecurityException, IOException {
        trusted = tls.ca() == null ? null : trusted(tls.ca());
        own = tls.cert() == null || tls.key() == null ? null : own(tls.cert(), tls.key());
        trustedFile = trusted == null ? null : write(trusted);
        ownFile = own == null ? null : write(own);
    }

    /**
     * Reads the files of a setting, once for each process.
     *
     * @throws UserException exit code 3, if one cannot be used; names its key
     */
    public static TlsMaterial of(Tls tls) {
        return KNOWN.computeIfAbsent(
                tls,
                unknown -> {
                    try {
                        return new TlsMaterial(unknown);
                    } catch (GeneralSecurityException | IOException e) {
                        throw new UserException(
                                ExitCode.CONFIG,
                                "the key store for "
                                        + SETTING
                                        + "mode cannot be made: "
                                        + e.getMessage(),
                                e);
                    }
                });
    }

    private static KeyStore trusted(PemFile file) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates("ca_file", file)) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        return store;
    }

    private KeyStore own(PemFile cert, PemFile key) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry(
                "client",
                key("key_file", key),
                password.toCharArray(),
                certificates("cert_file", cert).toArray(Certificate[]::new));
        return store;
    }

    private static List<Certificate> certificates(String setting, PemFile file) {
        try {
            return file.certificates();
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(setting, file, e);
        }
    }

    private static PrivateKey key(String setting, PemFile file) {
        try {
            return file.privateKey();
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(setting, file, e);
        }
    }

    private static UserException unusable(String setting, PemFile file, Exception e) {
        String why = e instanceof IOException ? "it cannot be read" : e.getMessage();
        return new UserException(
                ExitCode.CONFIG,
                SETTING
                        + setting
                        + ": "
                        + file.path()
                        + " cannot be used ("
                        + why
                        + "); name a PEM file that this user may read",
                e);
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(TYPE);
        store.load(null, null);
        return store;
    }

    private Path write(KeyStore store) throws GeneralSecurityException, IOException {
        Path file = Files.createTempFile("iotdb-migrate-", ".p12");
        file.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    /** Adds what Connector/J has to know. */
    void addTo(Properties properties) {
        add(properties, "trustCertificateKeyStore", trustedFile);
        add(properties, "clientCertificateKeyStore", ownFile);
    }

    private void add(Properties properties, String name, @Nullable Path file) {
        if (file != null) {
            properties.setProperty(name + "Type", TYPE);
            properties.setProperty(name + "Url", file.toUri().toString());
            properties.setProperty(name + "Password", password);
        }
    }

    /** Makes the context of a connection that is encrypted in a mode. */
    public SSLContext context(TlsMode mode) {
        boolean verifies = mode == TlsMode.VERIFY_CA || mode == TlsMode.VERIFY_IDENTITY;
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), verifies ? trust() : TrustAll.MANAGERS, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyManager @Nullable [] keys() throws GeneralSecurityException {
        if (own == null) {
            return null;
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, password.toCharArray());
        return factory.getKeyManagers();
    }

    private TrustManager[] trust() throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
