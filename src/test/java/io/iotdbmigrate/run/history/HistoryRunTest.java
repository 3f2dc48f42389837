package io.iotdbmigrate.run.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that a migration left; {@code ReportIT} has the journal. */
class HistoryRunTest {
    @TempDir private Path folder;

    /** Half of a character of two bytes is left of one line. */
    @Test
    void aLineThatWasCutOffCounts() throws Exception {
        Path file = folder.resolve("differences.jsonl");
        Files.writeString(file, "{\"device\": \"d1\"}\n{\"device\": \"\u00c3", ISO_8859_1);
        List<String> lines = new ArrayList<>();
        assertThat(HistoryRun.lines(file, lines::add)).hasValue(2);
        assertThat(lines).last().isEqualTo("{\"device\": \"\ufffd");
    }

    /** One that died has no entry about its end; whatever was equal before tells nothing now. */
    @Test
    void aRepairThatDiedHasBegunAndNotEnded() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode compared = json.objectNode().put("mode", "checksums").put("differences", 2);
        compared.putObject("repair").put("run", "r1").put("execution", "done");
        List<MigrationHistory.Event> events =
                HistoryRun.events(
                        List.of(
                                new Journal.Entry(
                                        "repair_begun",
                                        Instant.EPOCH,
                                        json.objectNode().put("run", "r1")),
                                new Journal.Entry("verified", Instant.EPOCH, compared),
                                new Journal.Entry(
                                        "repair_begun",
                                        Instant.EPOCH,
                                        json.objectNode().put("run", "r2"))));

        assertThat(events).hasSize(3);
        assertThat(events.get(0).what()).startsWith("it ended");
        assertThat(events.get(0).voids()).isEmpty();
        assertThat(events.get(2).name()).isEqualTo("repair begun");
        assertThat(events.get(2).what()).startsWith("it has not ended as far as is known");
        assertThat(events.get(2).voids()).contains("a repair began that has not ended");
    }

    @Test
    void noFileIsNoNumber() throws Exception {
        assertThat(HistoryRun.lines(folder.resolve("none"), line -> {})).isEmpty();
    }
}
