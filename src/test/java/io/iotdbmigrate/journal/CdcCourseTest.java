package io.iotdbmigrate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.journal.CdcCourse.Failure;
import io.iotdbmigrate.journal.CdcCourse.Stretch;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CdcCourseTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.512Z");
    private static final Failure FAILURE = new Failure(AT.minusSeconds(5), "IoTDB is away");

    private static Stretch stretch(Failure... failures) {
        return new Stretch(AT, 60_012, 1_234, 98_765L, 7L, 9_876, false, List.of(failures));
    }

    @Test
    void isReadAsItWasWritten() {
        ObjectNode json = StoredJson.toNode(stretch(FAILURE));
        assertThat(json.path("lag_events").asLong()).isEqualTo(7);
        assertThat(StoredJson.fromNode(json, Stretch.class)).isEqualTo(stretch(FAILURE));
    }

    @Test
    void anUnknownLagStaysUnknown() {
        Stretch unknown = new Stretch(AT, 60_000, 0, 0L, null, 0, true, List.of());
        assertThat(StoredJson.fromNode(StoredJson.toNode(unknown), Stretch.class))
                .isEqualTo(unknown);
    }

    /** Ten thousand of them are 1.5 MB before IoTDB packs them. */
    @Test
    void aNoteIsSmallHoweverMuchAFailureSays() {
        assertThat(StoredJson.toNode(stretch()).toString()).hasSizeLessThan(160);
        assertThat(StoredJson.toNode(stretch(new Failure(AT, "x".repeat(100_000)))).toString())
                .hasSizeLessThan(600)
                .contains("xxx...");
    }

    @Test
    void whatAJobHadNotNotedWhenItFailedIsMadeUpFor() {
        assertThat(stretch().unnoted(98_805, AT.plusSeconds(900)))
                .hasValueSatisfying(
                        made -> {
                            assertThat(made.events()).isEqualTo(40);
                            assertThat(made.since()).isEqualTo(AT);
                            assertThat(made.at()).isEqualTo(AT.plusSeconds(60));
                            assertThat(made.rows()).isEqualTo(98_805);
                        });
        assertThat(stretch().unnoted(98_805, AT.plusSeconds(5)))
                .hasValueSatisfying(made -> assertThat(made.millis()).isEqualTo(5_000));
        assertThat(stretch().unnoted(98_765, AT.plusSeconds(900))).isEmpty();
        assertThat(stretch().unnoted(3, AT.plusSeconds(900))).as("an older savepoint").isEmpty();
    }

    /** Where versions change while a replication goes on. */
    @Test
    void aNoteOfAnEarlierVersionIsRead() {
        ObjectNode json = StoredJson.toNode(stretch());
        json.remove("rows");
        Stretch read = StoredJson.fromNode(json, Stretch.class);
        assertThat(read.rows()).isNull();
        assertThat(read.unnoted(98_805, AT.plusSeconds(900))).isEmpty();
    }

    @Test
    void aFailureThatTwoNotesTellOfIsOne() {
        Failure later = new Failure(AT, FAILURE.reason());
        assertThat(CdcCourse.failures(List.of(stretch(later, FAILURE), stretch(later))))
                .containsExactly(FAILURE, later);
    }
}
