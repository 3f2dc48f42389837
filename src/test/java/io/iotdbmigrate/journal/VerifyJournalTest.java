package io.iotdbmigrate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.model.BinlogPosition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which comparison a cutover may rest on. */
class VerifyJournalTest {
    private static final Journal.Entry FULL = verified("checksums", true, 1);

    private static Journal.Entry verified(String mode, boolean complete, int second) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("mode", mode).put("complete", complete);
        return new Journal.Entry("verified", Instant.ofEpochSecond(second), fields);
    }

    private static Journal.Entry event(String name) {
        return new Journal.Entry(
                name, Instant.ofEpochSecond(9), JsonNodeFactory.instance.objectNode());
    }

    @Test
    void theLastOfAllValuesCounts() {
        Journal.Entry second = verified("checksums", true, 2);
        assertThat(
                        VerifyJournal.lastFull(
                                List.of(
                                        FULL,
                                        second,
                                        verified("checksums", false, 3),
                                        verified("counts", true, 4))))
                .contains(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backfill_started", "backfill_erased", "replication_replays"})
    void rowsWrittenSinceVoidIt(String event) {
        assertThat(VerifyJournal.lastFull(List.of(FULL, event(event)))).isEmpty();
        assertThat(VerifyJournal.lastFull(List.of(event(event), FULL))).contains(FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backfill_finished", "cutover"})
    void otherEntriesDoNot(String event) {
        assertThat(VerifyJournal.lastFull(List.of(FULL, event(event)))).contains(FULL);
    }

    @Test
    void theBaseSurvivesTheJournal() {
        VerifiedBase base =
                new VerifiedBase(
                        new BinlogPosition("binlog.000007", 4711, "uuid:1-5"),
                        Map.of("plant.t", "CREATE TABLE `t` (`id` int)"),
                        Map.of("plant.t", "id INT"));
        ObjectNode entry = JsonNodeFactory.instance.objectNode();

        entry.set("base", StoredJson.toNode(base.noted()));

        assertThat(VerifiedBase.of(entry)).contains(base);
        assertThat(VerifiedBase.of(JsonNodeFactory.instance.objectNode())).isEmpty();
    }
}
