package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.run.status.MigrationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusLinesTest {
    private final StatusLines lines = new StatusLines(true);

    private List<String> look(OptionalLong lag) {
        return look(lag, 100);
    }

    private List<String> look(OptionalLong lag, int columns) {
        return lines.of(
                new MigrationStatus(
                        "plant",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(FakeCdcService.APPLIED),
                        new BinlogPosition("binlog.000003", 5000, ""),
                        lag,
                        Optional.empty()),
                Instant.parse("2026-11-22T10:00:00Z"),
                columns);
    }

    @Test
    void lagIsDrawnFromTheSecondLookOn() {
        assertThat(look(OptionalLong.of(700))).noneMatch(line -> line.contains("so far"));
        assertThat(look(OptionalLong.of(0)))
                .startsWith("plant: nothing runs with this state folder")
                .endsWith("  lag so far       █▁  0 to 700");
    }

    @Test
    void barsThatDoNotFitAreLeftOut() {
        look(OptionalLong.of(9), 29);
        look(OptionalLong.of(7), 29);
        assertThat(look(OptionalLong.of(0), 29)).endsWith("  lag so far       █▁  0 to 7");
    }

    @Test
    void aLagThatIsNotKnownIsNotDrawn() {
        look(OptionalLong.empty());
        assertThat(look(OptionalLong.empty())).noneMatch(line -> line.contains("so far"));
    }
}
