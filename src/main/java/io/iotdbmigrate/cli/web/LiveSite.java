package io.iotdbmigrate.cli.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A site of one page that renews itself. Only who knows its address, which has a random part, sees
 * anything; and all that can be done is to look. Thread-safe.
 */
public final class LiveSite implements AutoCloseable {
    private static final int TOKEN_BYTES = 18;
    private static final int MOST_READERS = 20;
    private static final String EVENTS = "events";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Semaphore readers = new Semaphore(MOST_READERS);
    private final String token = newToken();
    private final LiveContent content;

    /**
     * Begins to serve.
     *
     * @throws UserException exit code 2, if the address cannot be had
     */
    public LiveSite(InetSocketAddress address, LiveContent content) {
        this.content = content;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserException(
                    ExitCode.USAGE,
                    "--web is "
                            + address.getHostString()
                            + ":"
                            + address.getPort()
                            + ", which cannot be listened on ("
                            + e.getMessage()
                            + "); name another address or port",
                    e);
        }
        threads =
                Executors.newCachedThreadPool(
                        work -> {
                            Thread thread = new Thread(work, "live-site");
                            thread.setDaemon(true);
                            return thread;
                        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Returns what a person types into a browser. */
    public String address() {
        InetSocketAddress at = server.getAddress();
        String host = at.getAddress().getHostAddress();
        return "http://"
                + (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + at.getPort()
                + "/"
                + token
                + "/";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String begin = "/" + token + "/";
            boolean known =
                    path.length() >= begin.length()
                            && MessageDigest.isEqual(
                                    path.substring(0, begin.length()).getBytes(UTF_8),
                                    begin.getBytes(UTF_8));
            String what = known ? path.substring(begin.length()) : path;
            if (!known || !(what.isEmpty() || what.equals(EVENTS))) {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_NOT_FOUND, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_BAD_METHOD, -1);
            } else if (what.isEmpty()) {
                page(exchange);
            } else if (readers.tryAcquire()) {
                try {
                    follow(exchange);
                } finally {
                    readers.release();
                }
            } else {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_UNAVAILABLE, -1);
            }
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        byte[] page = content.page().getBytes(UTF_8);
        headers(exchange, "text/html; charset=utf-8");
        exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, page.length);
        exchange.getResponseBody().write(page);
    }

    /** Sends each renewal as an event until the reader or the site goes away. */
    private void follow(HttpExchange exchange) throws IOException {
        headers(exchange, "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, 0);
        OutputStream out = exchange.getResponseBody();
        try {
            long seen = 0;
            for (LiveContent.Part part = content.after(seen);
                    !part.last();
                    part = content.after(seen)) {
                seen = part.number();
                out.write(
                        ("data: " + part.html().replace("\n", "\ndata: ") + "\n\n")
                                .getBytes(UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void headers(HttpExchange exchange, String type) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
    }

    @Override
    public void close() {
        content.end();
        server.stop(0);
        threads.shutdownNow();
    }
}
