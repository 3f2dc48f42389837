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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "without_deletions | 84 | 3 | 9 | 0 | 0 | a repair wrote 84 rows and left 3 rows that MySQL does not have, for want of --delete-extra",
                "without_deletions | 1 | 0 | 2 | 0 | 0 | a repair wrote 1 row and left 2 values that MySQL does not have, for want of --delete-extra",
                "done | 1200 | 3 | 9 | 0 | 4 | a repair wrote 1,200 rows and deleted 3 rows; 4 rows of it differed still",
                "done | 8 | 0 | 0 | 1 | 0 | a repair wrote 8 rows; it left 1 row that MySQL was changing",
            })
    void aRepairThatLeftDifferencesIsTold(
            String execution,
            long written,
            long rows,
            long points,
            long left,
            long different,
            String sentence) {
        ObjectNode fields =
                fields().put("mode", "checksums")
                        .put("equal", false)
                        .put("complete", true)
                        .put("differences", 90);
        fields.putObject("repair")
                .put("execution", execution)
                .put("rows_to_write", written)
                .put("rows_to_delete", rows)
                .put("points_to_delete", points)
                .put("left", left)
                .put("still_different", different);
        Journal.Entry entry = entry("verified", fields);
        assertThat(JournalSentences.event(entry).what())
                .isEqualTo("90 rows differ, then " + sentence + ", by checksums");
        assertThat(JournalSentences.verified(entry).orElseThrow().isRepairedInPart()).isTrue();
    }
}
