package io.iotdbmigrate.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium: Debian's, from the cache of the sandbox, or the machine's own. */
public final class Chromium implements AutoCloseable {
    private static final String LISTENS = "DevTools listening on ";

    private final Process process;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * Starts it.
     *
     * @param program see {@link #find}
     * @param profile a folder for its own files
     */
    public Chromium(Path program, Path profile) throws IOException {
        process =
                new ProcessBuilder(
                                program.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--hide-scrollbars",
                                "--disable-background-networking",
                                "--user-data-dir=" + profile,
                                "--remote-debugging-port=0",
                                "about:blank")
                        .redirectErrorStream(true)
                        .start();
        address = address(process);
    }

    /** The program that {@code scripts/sandbox prepare --with-chromium} makes, or the system's. */
    public static Optional<Path> find() {
        String cache = System.getenv("IOTDB_MIGRATE_CACHE");
        String user = System.getenv("XDG_CACHE_HOME");
        Path home =
                user == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(user);
        Path own = cache == null ? home.resolve("iotdb-migrate") : Path.of(cache);
        return Stream.concat(
                        Stream.of(own.resolve("chromium-1").resolve("bin").resolve("chromium")),
                        Stream.of(System.getenv("PATH").split(":", -1))
                                .map(folder -> Path.of(folder).resolve("chromium")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String address(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(LISTENS)) {
                Thread rest = new Thread(() -> lines.lines().forEach(l -> {}), "chromium's words");
                rest.setDaemon(true);
                rest.start();
                return URI.create(line.substring(LISTENS.length())).getAuthority();
            }
            said.append(line).append('\n');
        }
        throw new IOException("Chromium ended:\n" + said);
    }

    /** Opens a file in a tab of its own. */
    public Tab open(Path page) throws IOException, InterruptedException {
        return open(page.toUri());
    }

    /** Opens a page in a tab of its own. */
    public Tab open(URI page) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?about:blank"))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build();
        JsonNode tab =
                new JsonMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
        Tab opened = new Tab(http, URI.create(tab.path("webSocketDebuggerUrl").asText()));
        opened.load(page.toString());
        return opened;
    }

    /** Ends it with its helpers, one of which may still write into the profile. */
    @Override
    public void close() {
        List<ProcessHandle> helpers = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        helpers.forEach(ProcessHandle::destroyForcibly);
        helpers.forEach(helper -> helper.onExit().join());
    }
}
