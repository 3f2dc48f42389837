package io.iotdbmigrate.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A page in Chromium, through its DevTools protocol. */
public final class Tab implements AutoCloseable {
    private static final long SECONDS = 30;

    /** Dots that A4 has beside margins of 12 mm. */
    private static final int PAPER = 703;

    private static final JsonMapper JSON = new JsonMapper();

    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Tab(HttpClient http, URI address) throws InterruptedException, IOException {
        socket = await(http.newWebSocketBuilder().buildAsync(address, new Messages()));
        for (String domain : List.of("Page", "Network", "Log", "Runtime")) {
            call(domain + ".enable", JSON.createObjectNode());
        }
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void take(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            if (message.has("id")) {
                answers.remove(message.path("id").asInt()).complete(message);
                return;
            }
            JsonNode params = message.path("params");
            switch (message.path("method").asText()) {
                case "Page.loadEventFired" -> loaded.complete(null);
                case "Network.requestWillBeSent" ->
                        requests.add(params.at("/request/url").asText());
                case "Log.entryAdded" -> complaints.add(params.at("/entry/text").asText());
                case "Runtime.exceptionThrown" -> complaints.add(params.toString());
                default -> {
                    // What else happens is of no interest.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode call(String method, ObjectNode params)
            throws IOException, InterruptedException {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", params);
        await(socket.sendText(message.toString(), true));
        JsonNode got = await(answer);
        if (got.has("error")) {
            throw new IOException(method + ": " + got.path("error"));
        }
        return got.path("result");
    }

    private static <T> T await(CompletableFuture<T> future)
            throws IOException, InterruptedException {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        }
    }

    void load(String url) throws IOException, InterruptedException {
        call("Page.navigate", JSON.createObjectNode().put("url", url));
        await(loaded);
    }

    /** Loads the page once more, in a browser whose scripts are switched off. */
    public void loadWithoutScripts(String url) throws IOException, InterruptedException {
        call("Emulation.setScriptExecutionDisabled", JSON.createObjectNode().put("value", true));
        loaded = new CompletableFuture<>();
        load(url);
    }

    /** Everything that was asked for, the page itself too. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What the browser complained of, such as a breach of the page's policy. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Returns what a script comes to, as text. */
    public String evaluate(String script) throws IOException, InterruptedException {
        JsonNode result =
                call(
                        "Runtime.evaluate",
                        JSON.createObjectNode()
                                .put("expression", "String(" + script + ")")
                                .put("returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(script + ": " + result.path("exceptionDetails"));
        }
        return result.at("/result/value").asText();
    }

    /** Returns the text of a column of a table, top down. */
    public List<String> column(String table, String title)
            throws IOException, InterruptedException {
        JsonNode cells =
                JSON.readTree(
                        evaluate(
                                """
                                JSON.stringify((t => [...t.tBodies[0].rows].map(
                                  r => r.cells[[...t.tHead.rows[0].cells].findIndex(
                                    c => c.textContent === '%s')].textContent))
                                  (document.getElementById('%s')))
                                """
                                        .formatted(title, table)
                                        .strip()));
        List<String> texts = new ArrayList<>();
        cells.forEach(cell -> texts.add(cell.asText()));
        return texts;
    }

    /** Clicks on the title of a column. */
    public void click(String table, String title) throws IOException, InterruptedException {
        evaluate(
                "[...document.getElementById('%s').tHead.rows[0].cells].find(c => c.textContent === '%s').click()"
                        .formatted(table, title));
    }

    /** Draws the whole page as wide as a window, dark or light, into a file. */
    public void screenshot(Path file, int width, boolean dark)
            throws IOException, InterruptedException {
        screenshot(file, width, dark, "screen");
    }

    /** Draws the whole page as it goes onto paper, without its breaks, into a file. */
    public void screenshotOfPrint(Path file) throws IOException, InterruptedException {
        screenshot(file, PAPER, false, "print");
    }

    private void screenshot(Path file, int width, boolean dark, String medium)
            throws IOException, InterruptedException {
        ObjectNode media = JSON.createObjectNode().put("media", medium);
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", media);
        size(width, 800);
        size(width, Integer.parseInt(evaluate("document.documentElement.scrollHeight")));
        write(file, call("Page.captureScreenshot", JSON.createObjectNode().put("format", "png")));
    }

    private void size(int width, int height) throws IOException, InterruptedException {
        call(
                "Emulation.setDeviceMetricsOverride",
                JSON.createObjectNode()
                        .put("width", width)
                        .put("height", Math.min(height, 8_000))
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
    }

    /** Prints the page. */
    public void print(Path file) throws IOException, InterruptedException {
        write(file, call("Page.printToPDF", JSON.createObjectNode().put("printBackground", true)));
    }

    private static void write(Path file, JsonNode result) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(result.path("data").asText()));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
