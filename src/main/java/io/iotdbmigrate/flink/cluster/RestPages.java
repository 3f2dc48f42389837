package io.iotdbmigrate.flink.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Pages of a Flink REST interface. Java's old client reads them: the newer one takes a quarter of a
 * second to prepare for TLS, which goes off the first second of every job.
 *
 * @param address what every path begins with
 * @param patience for connecting, and for an answer
 */
record RestPages(String address, Duration patience) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body empty unless the status is 200
     */
    record Answer(int status, String body) {
        boolean ok() {
            return status == HttpURLConnection.HTTP_OK;
        }

        /** Reads the body as JSON; empty if there is none. */
        Optional<JsonNode> json() throws IOException {
            return ok() ? Optional.of(JSON.readTree(body)) : Optional.empty();
        }
    }

    /**
     * @throws java.net.SocketTimeoutException after the patience
     * @throws IOException if nothing answers
     */
    Answer get(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address + path).toURL().openConnection();
        connection.setConnectTimeout((int) patience.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            connection.disconnect();
            return new Answer(status, "");
        }
        try (InputStream body = connection.getInputStream()) {
            return new Answer(status, new String(body.readAllBytes(), UTF_8));
        }
    }
}
