package io.iotdbmigrate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutoverEntriesTest {
    private static Journal.Entry entry(String event, int second, String phase) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("id", "a").put("phase", phase).putArray("steps");
        return new Journal.Entry(event, Instant.ofEpochSecond(second), fields);
    }

    @Test
    void aSwitchCountsUntilRowsAreCopiedAnew() {
        Journal.Entry forward = entry("cutover", 1, "FORWARD");
        Journal.Entry switched = entry("cutover", 2, "SWITCHED");

        assertThat(CutoverEntries.switchedAt(List.of(forward))).isEmpty();
        assertThat(CutoverEntries.switchedAt(List.of(forward, switched)))
                .contains(Instant.ofEpochSecond(2));
        assertThat(
                        CutoverEntries.switchedAt(
                                List.of(forward, switched, entry("backfill_started", 3, ""))))
                .isEmpty();
    }
}
