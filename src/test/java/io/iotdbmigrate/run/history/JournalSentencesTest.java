package io.iotdbmigrate.run.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.run.history.MigrationHistory.Verification;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalSentencesTest {
    private static Journal.Entry entry(String event, ObjectNode fields) {
        return new Journal.Entry(event, Instant.EPOCH, fields);
    }

    private static ObjectNode fields() {
        return JsonNodeFactory.instance.objectNode();
    }

    @ParameterizedTest
    @CsvSource({
        "backfill_erased, a backfill erased rows",
        "backfill_started, a backfill began",
        "replication_replays, replication began",
    })
    void whatMakesComparisonsVoidIsTold(String event, String voids) {
        assertThat(JournalSentences.event(entry(event, fields())).voids()).contains(voids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"verified", "of_a_later_version"})
    void otherEntriesLeaveThem(String event) {
        assertThat(JournalSentences.event(entry(event, fields())).voids()).isEmpty();
    }

    @Test
    void aComparisonNamesTheServerOfItsPosition() {
        ObjectNode fields = fields();
        fields.putObject("position")
                .put("file", "binlog.000007")
                .put("offset", 4000)
                .put("gtid_set", "")
                .put("server_uuid", "s1");
        assertThat(JournalSentences.verified(entry("verified", fields)).map(Verification::position))
                .contains(new BinlogPosition("binlog.000007", 4000, "", "s1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | 0 | equal, by checksums",
                "false | 1 | 1 row differs, by checksums",
                "false | 1200 | 1,200 rows differ, by checksums",
                "true | 84 | 84 rows differ, then repaired, by checksums",
            })
    void aComparisonSaysWhatWasRepaired(boolean equal, long differences, String sentence) {
        ObjectNode fields =
                fields().put("mode", "checksums")
                        .put("equal", equal)
                        .put("complete", true)
                        .put("differences", differences);
        assertThat(JournalSentences.event(entry("verified", fields)).what()).isEqualTo(sentence);
    }
}
