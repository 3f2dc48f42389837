package io.iotdbmigrate.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A private CA with a server's and a client's certificate, and another CA, as PEM files: {@code
 * ca.pem}, {@code other-ca.pem}, {@code server.pem}, {@code client.pem} and a {@code .key} for each
 * of the last two. The server's is for 127.0.0.1. Each has a {@code .p12} with its self-signed
 * certificate, whose password is {@link #PASSWORD}. Java's keytool makes them.
 */
public final class Certificates {
    public static final String PASSWORD = "changeit";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** Makes all of them in a folder. */
    public static Certificates make(Path folder) throws Exception {
        Certificates made = new Certificates(folder);
        for (String ca : List.of("ca", "other-ca")) {
            made.keyPair(ca, "-ext", "bc:c");
            made.keytool(ca, "-exportcert", "-rfc", "-file", ca + ".pem");
        }
        made.signed("server", "-ext", "san=ip:127.0.0.1");
        made.signed("client");
        return made;
    }

    /** Makes only the {@code .p12} of these names, each with a self-signed certificate. */
    public static Certificates selfSigned(Path folder, String... names) throws Exception {
        Certificates made = new Certificates(folder);
        for (String name : names) {
            made.keyPair(name);
        }
        return made;
    }

    /** Returns what a server speaks TLS with that shows its self-signed certificate. */
    public SSLContext tls(String name) throws Exception {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(name), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore store(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** Returns a file's path. */
    public String path(String name) {
        return folder.resolve(name).toString();
    }

    private void signed(String name, String... extensions) throws Exception {
        keyPair(name);
        keytool(name, "-certreq", "-file", name + ".csr");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-gencert",
                                "-rfc",
                                "-infile",
                                name + ".csr",
                                "-outfile",
                                name + ".pem",
                                "-validity",
                                "2"));
        arguments.addAll(List.of(extensions));
        keytool("ca", arguments.toArray(String[]::new));
        key(name);
    }

    private void keyPair(String name, String... extensions) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-validity",
                                "2",
                                "-dname",
                                "CN=" + name));
        arguments.addAll(List.of(extensions));
        keytool(name, arguments.toArray(String[]::new));
    }

    private void key(String name) throws IOException, GeneralSecurityException {
        byte[] key = store(name).getKey(name, PASSWORD.toCharArray()).getEncoded();
        Files.writeString(
                folder.resolve(name + ".key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private void keytool(String store, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "-keystore",
                        store + ".p12",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        store));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
    }
}
