package io.iotdbmigrate.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.flink.cdc.TablesAdded;
import io.iotdbmigrate.flink.cluster.RestartReasons.Failure;
import io.iotdbmigrate.flink.cluster.RestartReasons.Reason;
import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.UserException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as Flink 1.20.3 gives them. */
class RestartReasonsTest {
    private static final Instant NEWEST = Instant.parse("2026-11-22T10:15:30.512Z");
    private static final String LOST =
            """
            java.lang.RuntimeException: One or more fetchers have encountered exception
            \tat org.apache.flink.connector.base.Fetchers.check(Fetchers.java:333)
            Caused by: java.io.IOException: the thread that reads the binlog has ended: java.io.EOFException
            \t... 10 more
            Caused by: java.io.EOFException: java.io.EOFException: Failed to read next byte
            \t... 12 more
            """;

    /** The newest first; each is a second older than the one before. */
    private static JsonNode answer(String... traces) {
        ObjectNode answer = new JsonMapper().createObjectNode();
        ArrayNode entries = answer.putObject("exceptionHistory").putArray("entries");
        for (String trace : traces) {
            entries.addObject()
                    .put("exceptionName", "x.Y")
                    .put("stacktrace", trace)
                    .put("timestamp", NEWEST.minusSeconds(entries.size() - 1).toEpochMilli());
        }
        return answer;
    }

    @Test
    void theInnermostCauseSpeaks() {
        assertThat(RestartReasons.newest(answer(LOST)))
                .contains(new Reason("Failed to read next byte", 1, false, NEWEST.toEpochMilli()));
    }

    @Test
    void noClassIsNamed() {
        String trace =
                """
                java.lang.RuntimeException: One or more fetchers have encountered exception
                Caused by: java.lang.IllegalArgumentException: Unexpected value for JDBC type 4 and column a INT(11): class=class [B
                """;
        assertThat(RestartReasons.newest(answer(trace)).orElseThrow().sentence())
                .isEqualTo("Unexpected value for JDBC type 4 and column a INT(11)");
    }

    /** What a refused connection says names no server. */
    @ParameterizedTest
    @CsvSource({
        "com.mysql.cj.exceptions.CJCommunicationsException, MySQL",
        "io.debezium.DebeziumException, MySQL",
        "org.apache.iotdb.rpc.IoTDBConnectionException, IoTDB",
        "org.apache.thrift.transport.TTransportException, IoTDB"
    })
    void theServerIsNamed(String exception, String server) {
        String trace =
                "java.lang.RuntimeException: One or more fetchers\n"
                        + ("Caused by: " + exception + ": Communications link failure\n")
                        + "\t... 3 more\n"
                        + "Caused by: java.net.ConnectException: Connection refused\n";

        assertThat(RestartReasons.newest(answer(trace)))
                .map(Reason::sentence)
                .contains(server + ": Connection refused");
    }

    @ParameterizedTest
    @ValueSource(classes = {UserException.class, AwayException.class})
    void ourOwnSentenceGoesFirst(Class<?> ours) {
        String trace =
                "java.lang.RuntimeException\n"
                        + ("Caused by: " + ours.getName() + ": IoTDB is away\n")
                        + "\t... 3 more\n"
                        + "Caused by: java.net.ConnectException: Connection refused\n";

        assertThat(RestartReasons.newest(answer(trace, trace, LOST)))
                .contains(new Reason("IoTDB is away", 2, false, NEWEST.toEpochMilli()));
    }

    @Test
    void aTableThatAppearedIsNoFailure() {
        String trace = "x.Y\nCaused by: " + TablesAdded.class.getName() + ": cdc follows\n";

        assertThat(RestartReasons.newest(answer(trace, LOST)))
                .contains(new Reason("cdc follows", 1, true, NEWEST.toEpochMilli()));
        assertThat(RestartReasons.newest(answer(LOST, trace)))
                .contains(new Reason("Failed to read next byte", 1, false, NEWEST.toEpochMilli()));
    }

    @Test
    void allSinceATimeAreTold() {
        String trace = UserException.class.getName() + ": IoTDB is away\n";

        assertThat(RestartReasons.since(answer(trace, LOST, trace), NEWEST.minusSeconds(2)))
                .containsExactly(
                        new Failure(NEWEST.minusSeconds(1), "Failed to read next byte"),
                        new Failure(NEWEST, "IoTDB is away"));
    }

    @Test
    void nothingIsSaidOfAJobThatNeverFailed() {
        assertThat(RestartReasons.newest(answer())).isEmpty();
        assertThat(RestartReasons.newest(answer("java.lang.NullPointerException\n\tat a.B.c(D)\n")))
                .contains(
                        new Reason(
                                "it does not say why; see the log",
                                1,
                                false,
                                NEWEST.toEpochMilli()));
    }
}
