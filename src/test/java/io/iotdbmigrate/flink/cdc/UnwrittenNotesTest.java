package io.iotdbmigrate.flink.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.iotdbmigrate.journal.CdcCourse.Stretch;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnwrittenNotesTest {
    private static final Instant BEGUN = Instant.parse("2026-11-22T10:15:30Z");

    private final UnwrittenNotes notes = new UnwrittenNotes();
    private final List<Long> written = new ArrayList<>();

    private void add(int from, int to) {
        for (int minute = from; minute <= to; minute++) {
            notes.add(
                    new Stretch(
                            BEGUN.plusSeconds(60L * minute),
                            60_000,
                            minute,
                            null,
                            null,
                            0,
                            false,
                            List.of()));
        }
    }

    private void write(Stretch note) {
        written.add(note.events());
    }

    @Test
    void keepsHalfADayAndLeavesOutTheOldest() throws Exception {
        add(1, 1_000);
        assertThat(notes.size()).isEqualTo(720);
        notes.write(this::write, () -> true);
        assertThat(notes.size()).isZero();
        assertThat(written).hasSize(720).startsWith(281L, 282L).endsWith(1_000L).isSorted();
    }

    @Test
    void aNoteThatIsNotTakenIsWrittenNextTime() throws Exception {
        add(1, 3);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () ->
                                notes.write(
                                        note -> {
                                            if (note.events() == 2) {
                                                throw new IOException("IoTDB is away");
                                            }
                                            write(note);
                                        },
                                        () -> true));
        add(4, 4);
        notes.write(this::write, () -> true);
        assertThat(written).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void writesNoMoreOnceItIsToEnd() throws Exception {
        add(1, 3);
        notes.write(this::write, written::isEmpty);
        assertThat(written).containsExactly(1L);
        assertThat(notes.size()).isEqualTo(2);
    }
}
