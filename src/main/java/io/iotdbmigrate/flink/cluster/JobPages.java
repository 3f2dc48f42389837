package io.iotdbmigrate.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;

/** What Flink's REST interface says of one job. */
public final class JobPages {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final RestPages pages;

    /**
     * @param rest {@code http://host:port}
     */
    public JobPages(String rest, String job) {
        this.pages = new RestPages(rest + "/jobs/" + job, TIMEOUT);
    }

    /**
     * @param path behind the job's own, may be empty
     * @return a missing node if the cluster has no such page, as of a job it does not know
     * @throws IOException if it does not answer
     */
    public JsonNode get(String path) throws IOException {
        RestPages.Answer answer = pages.get(path);
        if (!answer.ok() && answer.status() != HttpURLConnection.HTTP_NOT_FOUND) {
            throw new IOException(pages.address() + path + " answers " + answer.status());
        }
        return answer.json().orElse(MissingNode.getInstance());
    }
}
