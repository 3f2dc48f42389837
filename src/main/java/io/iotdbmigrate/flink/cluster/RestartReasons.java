package io.iotdbmigrate.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.flink.cdc.TablesAdded;
import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reasons for which a job failed and was restarted, as its cluster keeps the newest of them. */
public final class RestartReasons {
    private static final Logger LOG = LoggerFactory.getLogger(RestartReasons.class);

    /** A line of a stack trace that names an exception. */
    private static final Pattern CAUSE =
            Pattern.compile("(?:Caused by: )?([\\w$]+(?:\\.[\\w$]+)+)(?:: (.*))?");

    /** A class that the connector names of a value, which says nothing to people. */
    private static final Pattern CLASS =
            Pattern.compile(
                    "[:,;]?\\s*\\bclass\\s?=\\s?(?:class |interface )?(?:\\[+\\w?)?[\\w.$]*;?");

    /** What reads tables and the binlog. */
    private static final Pattern SOURCE =
            Pattern.compile("\\b(?:com\\.mysql\\.cj|com\\.github\\.shyiko|io\\.debezium)\\.");

    /** What IoTDB's client consists of. */
    private static final Pattern SINK =
            Pattern.compile("\\b(?:org\\.apache\\.iotdb|org\\.apache\\.thrift)\\.");

    /** Exceptions whose messages are sentences. */
    private static final Set<String> OURS =
            Set.of(
                    UserException.class.getName(),
                    AwayException.class.getName(),
                    TablesAdded.class.getName());

    private RestartReasons() {}

    /**
     * The newest reason.
     *
     * @param sentence without the name of a class
     * @param times how often in a row, as far as the cluster has kept them
     * @param planned whether it is no failure: the job restarts with more tables
     * @param at when, in milliseconds since 1970
     */
    public record Reason(String sentence, int times, boolean planned, long at) {}

    /** A failure, and when it was. */
    public record Failure(Instant at, String sentence) {}

    /**
     * Returns the failures after a time, oldest first, as far as the cluster has kept them.
     *
     * @throws IOException if it does not answer
     */
    public static List<Failure> since(JobPages pages, Instant time) throws IOException {
        return since(pages.get("/exceptions"), time);
    }

    /** Finds the failures after a time in such an answer. */
    static List<Failure> since(JsonNode exceptions, Instant time) {
        List<Failure> failures = new ArrayList<>();
        for (JsonNode entry : exceptions.at("/exceptionHistory/entries")) {
            Instant at = Instant.ofEpochMilli(entry.path("timestamp").asLong());
            if (at.isAfter(time)) {
                failures.add(0, new Failure(at, sentence(entry.path("stacktrace").asText())));
            }
        }
        return failures;
    }

    /** Asks the cluster; empty if the job did not fail, or the cluster does not answer. */
    public static Optional<Reason> newest(JobPages pages) {
        try {
            return newest(pages.get("/exceptions"));
        } catch (IOException e) {
            LOG.info("why the job restarted cannot be asked", e);
            return Optional.empty();
        }
    }

    /** Finds the newest reason in an answer of Flink's {@code /jobs/:jobid/exceptions}. */
    static Optional<Reason> newest(JsonNode exceptions) {
        List<String> sentences = new ArrayList<>();
        boolean planned = false;
        long at = exceptions.at("/exceptionHistory/entries/0/timestamp").asLong();
        for (JsonNode entry : exceptions.at("/exceptionHistory/entries")) {
            String trace = entry.path("stacktrace").asText();
            planned |= sentences.isEmpty() && trace.contains(TablesAdded.class.getName());
            sentences.add(sentence(trace));
        }
        if (sentences.isEmpty()) {
            return Optional.empty();
        }
        String newest = sentences.get(0);
        int times = (int) sentences.stream().takeWhile(newest::equals).count();
        return Optional.of(new Reason(newest, times, planned, at));
    }

    /**
     * Finds our own sentence in a stack trace, else what the innermost cause says, with the server
     * in front that it is about.
     */
    private static String sentence(String trace) {
        String innermost = "";
        for (String line : trace.lines().toList()) {
            Matcher cause = CAUSE.matcher(line);
            if (cause.matches()) {
                innermost = cause.group(2) == null ? "" : cause.group(2).strip();
                if (OURS.contains(cause.group(1))) {
                    return innermost;
                }
            }
        }
        // Flink puts the names of classes before the messages of those that it wraps.
        String bare =
                CLASS.matcher(innermost.replaceFirst("^(?:[\\w$]+\\.)+[\\w$]+: ", ""))
                        .replaceAll("")
                        .strip();
        return bare.isEmpty() ? "it does not say why; see the log" : server(trace) + bare;
    }

    /** Tells whose client has failed: "Connection refused" may be of either server. */
    private static String server(String trace) {
        return SOURCE.matcher(trace).find()
                ? "MySQL: "
                : SINK.matcher(trace).find() ? "IoTDB: " : "";
    }
}
