package io.iotdbmigrate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
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

    /**
     * A comparison that began behind them, and found nothing that cannot be mapped, settles them.
     */
    @Test
    void rejectedChangesAreSettledByAnEqualComparison() {
        Journal.Entry equal = rejected(true, 0, 3);
        assertThat(VerifyJournal.settledRejections(List.of(equal))).isEqualTo(3);
        assertThat(VerifyJournal.settledRejections(List.of(equal, rejected(false, 0, 4)))).isZero();
        assertThat(VerifyJournal.settledRejections(List.of(rejected(true, 1, 3)))).isZero();
        assertThat(VerifyJournal.settledRejections(List.of(equal, event("replication_replays"))))
                .isZero();
        assertThat(VerifyJournal.settledRejections(List.of(FULL))).isZero();
    }

    private static Journal.Entry rejected(boolean equal, long rowsNow, long changesBefore) {
        Journal.Entry entry = verified("checksums", true, 5);
        ObjectNode fields = ((ObjectNode) entry.fields()).put("equal", equal);
        fields.putArray("tables").addObject().put("table", "t").put("rejected", rowsNow);
        fields.put("rejected_changes", changesBefore);
        return entry;
    }
}
