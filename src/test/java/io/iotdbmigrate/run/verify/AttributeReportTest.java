package io.iotdbmigrate.run.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import io.iotdbmigrate.verify.RowKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which attributes a repair leaves alone. */
class AttributeReportTest {
    private static Difference difference(String device, long time, String column, String mysql) {
        return new Difference.Changed(
                new RowKey(0, device, time), List.of(new Cell(column, text(mysql), text("old"))));
    }

    private static Value text(String text) {
        return new Value(TargetType.STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void onesThatMySqlChangedMeanwhileAreOfReplication() {
        List<Difference> before =
                List.of(
                        difference("same", 1, "a", "x"),
                        difference("changed", 1, "a", "x"),
                        difference("other", 1, "a", "x"),
                        difference("later", 1, "a", "x"));
        List<Difference> now =
                List.of(
                        difference("same", 1, "a", "x"),
                        difference("changed", 1, "a", "y"),
                        difference("other", 1, "b", "x"),
                        difference("later", 2, "a", "y"),
                        difference("new", 1, "a", "x"));

        assertThat(AttributeReport.changing(before, now))
                .extracting(d -> d.key().device())
                .containsExactly("changed", "other");
    }
}
