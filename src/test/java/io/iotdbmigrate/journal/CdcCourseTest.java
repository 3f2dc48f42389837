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
        return new Stretch(AT, 60_012, 1_234, 7L, 9_876, false, List.of(failures));
    }

    @Test
    void isReadAsItWasWritten() {
        ObjectNode json = StoredJson.toNode(stretch(FAILURE));
        assertThat(json.path("lag_events").asLong()).isEqualTo(7);
        assertThat(StoredJson.fromNode(json, Stretch.class)).isEqualTo(stretch(FAILURE));
    }

    @Test
    void anUnknownLagStaysUnknown() {
        Stretch unknown = new Stretch(AT, 60_000, 0, null, 0, true, List.of());
        assertThat(StoredJson.fromNode(StoredJson.toNode(unknown), Stretch.class))
                .isEqualTo(unknown);
    }

    /** Ten thousand of them are 1.5 MB before IoTDB packs them. */
    @Test
    void aNoteIsSmallHoweverMuchAFailureSays() {
        assertThat(StoredJson.toNode(stretch()).toString()).hasSizeLessThan(150);
        assertThat(StoredJson.toNode(stretch(new Failure(AT, "x".repeat(100_000)))).toString())
                .hasSizeLessThan(600)
                .contains("xxx...");
    }

    @Test
    void aFailureThatTwoNotesTellOfIsOne() {
        Failure later = new Failure(AT, FAILURE.reason());
        assertThat(CdcCourse.failures(List.of(stretch(later, FAILURE), stretch(later))))
                .containsExactly(FAILURE, later);
    }
}
