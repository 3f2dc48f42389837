package io.iotdbmigrate.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a remote cluster says of itself.
 *
 * @param flinkVersion such as 1.20.3
 * @param javaMajor of the JobManager, 0 if it does not say
 * @param freeSlots of all TaskManagers
 * @param slots all there are
 */
record ClusterFacts(
        ClusterAddress address, String flinkVersion, int javaMajor, int freeSlots, int slots) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OLDEST_JAVA = 17;

    /** As in "OpenJDK 64-Bit Server VM - Debian - 17/17.0.15+6-Debian-1deb12u1". */
    private static final Pattern JVM_VERSION = Pattern.compile(" - (?:1\\.)?(\\d+)/[^/]*$");

    /**
     * Asks the cluster.
     *
     * @throws UserException if nothing there answers as Flink does
     */
    static ClusterFacts of(ClusterAddress address) {
        try {
            RestPages pages = new RestPages(address.url(), TIMEOUT);
            JsonNode overview = get(pages, "/overview");
            if (overview == null || !overview.has("flink-version")) {
                throw new UserException(
                        ExitCode.JOB_FAILED,
                        "what answers at "
                                + address
                                + " is no Flink cluster; check the address given with --remote");
            }
            JsonNode environment = get(pages, "/jobmanager/environment");
            return new ClusterFacts(
                    address,
                    overview.path("flink-version").asText(),
                    environment == null
                            ? 0
                            : javaMajor(environment.path("jvm").path("version").asText()),
                    overview.path("slots-available").asInt(),
                    overview.path("slots-total").asInt());
        } catch (IOException e) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "no Flink cluster answers at "
                            + address
                            + " ("
                            + (e.getMessage() == null ? e.toString() : e.getMessage())
                            + "); check the address given with --remote, and that the JobManager"
                            + " runs and this machine may reach it",
                    e);
        }
    }

    private static @Nullable JsonNode get(RestPages pages, String path) throws IOException {
        RestPages.Answer answer = pages.get(path);
        if (answer.status() == HttpURLConnection.HTTP_UNAVAILABLE) {
            throw new IOException("its JobManager is not ready");
        }
        return answer.body().stripLeading().startsWith("{") ? answer.json().orElse(null) : null;
    }

    static int javaMajor(String jvmVersion) {
        Matcher matcher = JVM_VERSION.matcher(jvmVersion);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /**
     * @param ours the version this program is built with
     * @throws UserException if the job cannot run there
     */
    void requireUsable(String ours) {
        if (!minor(flinkVersion).equals(minor(ours))) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the Flink cluster at "
                            + address
                            + " is version "
                            + flinkVersion
                            + ", but the job needs "
                            + minor(ours)
                            + "; give a cluster of that version with --remote");
        }
        if (javaMajor > 0 && javaMajor < OLDEST_JAVA) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the Flink cluster at "
                            + address
                            + " runs on Java "
                            + javaMajor
                            + ", but the job needs "
                            + OLDEST_JAVA
                            + "; start its JobManager and TaskManagers with a newer Java, as in"
                            + " Flink's image flink:"
                            + minor(ours)
                            + "-java17");
        }
    }

    /**
     * @throws UserException if a job of that parallelism would have to wait
     */
    void requireFreeSlots(int wanted) {
        if (freeSlots < wanted) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the Flink cluster at "
                            + address
                            + " has "
                            + freeSlots
                            + " free slots of "
                            + slots
                            + ", but the job needs "
                            + wanted
                            + "; stop another job, add a TaskManager, or lower --parallelism");
        }
    }

    private static String minor(String version) {
        String[] parts = version.split("\\.", -1);
        return parts.length < 2 ? version : parts[0] + "." + parts[1];
    }
}
