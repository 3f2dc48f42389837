package io.iotdbmigrate.run.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void noFileIsNoNumber() throws Exception {
        assertThat(HistoryRun.lines(folder.resolve("none"), line -> {})).isEmpty();
    }
}
