package io.iotdbmigrate.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.model.BinlogPosition;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What all JSON reports share. */
final class Json {
    private static final double MILLIS_PER_SECOND = 1000.0;

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String print(ObjectNode report) {
        return print(
                report, JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build());
    }

    /** Returns a document without line breaks. */
    static String line(ObjectNode report) {
        return print(report, new JsonMapper());
    }

    private static String print(ObjectNode report, JsonMapper mapper) {
        try {
            return mapper.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void put(ObjectNode report, BinlogPosition position) {
        report.putObject("position")
                .put("file", position.file())
                .put("offset", position.offset())
                .put("gtid_set", position.gtidSet());
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_PER_SECOND;
    }
}
