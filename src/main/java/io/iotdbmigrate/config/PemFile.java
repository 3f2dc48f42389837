package io.iotdbmigrate.config;

import io.iotdbmigrate.config.yaml.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PEM file with certificates or a key. It travels with the config, so the machines of a cluster
 * need not have it.
 *
 * @param content as it was when the config was read; null if there was no such file then
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
public record PemFile(String path, @Nullable Secret content) implements Serializable {
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** Reads a file, if it is there. */
    public static PemFile of(String path) {
        Path file = Path.of(path);
        try {
            return new PemFile(
                    path, Files.isReadable(file) ? new Secret(Files.readString(file)) : null);
        } catch (IOException e) {
            // What is no text is refused when it is used.
            return new PemFile(path, null);
        }
    }

    /**
     * Returns the certificates.
     *
     * @throws IOException if the file cannot be read
     * @throws CertificateException if it holds none
     */
    public List<Certificate> certificates() throws IOException, CertificateException {
        byte[] text = text().getBytes(StandardCharsets.US_ASCII);
        List<Certificate> found =
                List.copyOf(
                        CertificateFactory.getInstance("X.509")
                                .generateCertificates(new ByteArrayInputStream(text)));
        if (found.isEmpty()) {
            throw new CertificateException("it holds no certificate");
        }
        return found;
    }

    /**
     * Returns the private key.
     *
     * @throws IOException if the file cannot be read
     * @throws GeneralSecurityException if it holds none in the form PKCS #8, without a password
     */
    public PrivateKey privateKey() throws IOException, GeneralSecurityException {
        Matcher key = KEY.matcher(text());
        if (!key.find()) {
            throw new InvalidKeySpecException(
                    "it holds no key between BEGIN PRIVATE KEY and END PRIVATE KEY; openssl pkcs8"
                            + " -topk8 -nocrypt makes one of other forms");
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // It is a key of another algorithm.
            }
        }
        throw new InvalidKeySpecException("its key is none of " + String.join(", ", ALGORITHMS));
    }

    private String text() throws IOException {
        return content == null ? Files.readString(Path.of(path)) : content.reveal();
    }
}
