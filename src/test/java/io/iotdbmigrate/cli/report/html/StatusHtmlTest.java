package io.iotdbmigrate.cli.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.run.status.MigrationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The charts of a live page. */
class StatusHtmlTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final String ONE = "There is one look so far.";
    private static final MigrationStatus STATUS =
            new MigrationStatus(
                    "plant",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new BinlogPosition("binlog.000003", 5000, ""),
                    OptionalLong.of(3),
                    Optional.empty());

    private static String part(StatusSample... samples) {
        return StatusHtml.part(
                STATUS,
                List.of(samples),
                new Origin("plant", "MySQL", "IoTDB"),
                AT.plusSeconds(99),
                null);
    }

    private static StatusSample sample(long second, boolean resumed) {
        return new StatusSample(AT.plusSeconds(second), 3, 4, resumed);
    }

    @Test
    void slowLooksAreDrawn() {
        assertThat(part(sample(0, false))).contains(ONE).doesNotContain("lag-chart");
        assertThat(part(sample(0, false), sample(40, false)))
                .contains("lag-chart", "rate-chart")
                .doesNotContain(ONE);
    }

    /** On a phone each figure is below its name, and no line ends within a time. */
    @Test
    void figuresHaveNamesAndTimesAreInOnePiece() {
        assertThat(part(sample(0, false)))
                .contains(
                        "<dt>binlog ends at</dt><dd>binlog.000003:5000</dd>",
                        "At <span class=\"time\">");
    }

    @Test
    void theTimeWhileAServerWasAwayIsNotDrawn() {
        assertThat(part(sample(0, false), sample(5, true)))
                .contains("A server was away between the looks.")
                .doesNotContain("lag-chart", ONE);
    }
}
