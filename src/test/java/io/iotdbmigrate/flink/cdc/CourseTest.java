package io.iotdbmigrate.flink.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.ChangePosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final Instant BEGUN = Instant.parse("2026-11-22T10:15:30Z");

    private final List<Course.Stretch> taken = new ArrayList<>();
    private boolean busy;
    private long checkpoints;
    private final Course course = new Course(this::take, 100, BEGUN);

    private boolean take(Course.Stretch stretch) {
        return !busy && taken.add(stretch);
    }

    /**
     * @param second of the checkpoint
     * @param executed the second in which the only change was executed
     */
    private void applied(long second, long rows, long executed) {
        course.passed(BEGUN.plusSeconds(executed).toEpochMilli(), true);
        course.snapshot(++checkpoints);
        complete(second, rows, executed);
    }

    private void complete(long second, long rows, long executed) {
        course.applied(
                checkpoints,
                new ChangeProgress(
                        new ChangePosition(
                                "binlog.000007",
                                4,
                                200 + rows,
                                0,
                                BEGUN.plusSeconds(executed).toEpochMilli()),
                        null,
                        0,
                        true,
                        rows,
                        0,
                        "a-server"),
                BEGUN.plusSeconds(second));
    }

    @Test
    void theFirstCheckpointIsNotedAndThenOneAMinute() {
        for (int second = 10; second <= 200; second += 10) {
            applied(second, 100 + second, second - 3);
        }
        assertThat(taken)
                .extracting(Course.Stretch::until)
                .containsExactly(
                        BEGUN.plusSeconds(10),
                        BEGUN.plusSeconds(70),
                        BEGUN.plusSeconds(130),
                        BEGUN.plusSeconds(190));
        assertThat(taken).extracting(Course.Stretch::events).containsExactly(10L, 60L, 60L, 60L);
        assertThat(taken).extracting(Course.Stretch::longestMillis).containsOnly(3_000L);
    }

    @Test
    void theLongestWaitOfTheMinuteIsNoted() {
        complete(10, 100, 0);
        applied(40, 150, 10);
        applied(50, 160, 49);
        applied(70, 170, 69);
        assertThat(taken).extracting(Course.Stretch::longestMillis).containsExactly(0L, 30_000L);
    }

    /** Right behind a checkpoint there is always less. */
    @Test
    void theMostEventsThatWaitedInTheMinuteAreNoted() {
        complete(10, 100, 0);
        for (int row = 0; row < 6; row++) {
            course.passed(BEGUN.toEpochMilli(), row % 2 == 1);
        }
        applied(40, 150, 10);
        applied(70, 170, 69);
        applied(130, 180, 129);
        assertThat(taken).extracting(Course.Stretch::mostWaiting).containsExactly(0L, 4L, 1L);
    }

    /** An event of an hour ago says nothing when no other came since. */
    @Test
    void whereNothingHappensNothingWaits() {
        complete(10, 100, -3_600);
        complete(70, 100, -3_600);
        assertThat(taken).extracting(Course.Stretch::longestMillis).containsExactly(0L, 0L);
        assertThat(taken).extracting(Course.Stretch::events).containsExactly(0L, 0L);
    }

    /** Behind an outage, a checkpoint has the changes of all its minutes. */
    @Test
    void theOldestChangeOfACheckpointWaitedLongest() {
        complete(10, 100, 0);
        course.passed(BEGUN.plusSeconds(11).toEpochMilli(), true);
        course.snapshot(++checkpoints);
        course.passed(BEGUN.plusSeconds(899).toEpochMilli(), true);
        course.passed(0, true);
        applied(900, 150, 898);
        assertThat(taken.get(1).longestMillis()).isEqualTo(889_000);
        applied(960, 160, 959);
        assertThat(taken.get(2).longestMillis()).isEqualTo(1_000);
    }

    @Test
    void theRestIsNotedWhenTheJobEnds() {
        applied(10, 110, 9);
        applied(40, 150, 20);
        course.ended();
        course.ended();
        assertThat(taken).extracting(Course.Stretch::events).containsExactly(10L, 40L);
        assertThat(taken.get(1).until()).isEqualTo(BEGUN.plusSeconds(40));
        assertThat(taken.get(1).longestMillis()).isEqualTo(20_000);
    }

    @Test
    void aBusyWriterGetsTheStretchAtTheNextCheckpoint() {
        busy = true;
        applied(10, 110, 0);
        busy = false;
        applied(20, 120, 19);
        assertThat(taken)
                .singleElement()
                .satisfies(
                        stretch -> {
                            assertThat(stretch.since()).isEqualTo(BEGUN);
                            assertThat(stretch.events()).isEqualTo(20);
                            assertThat(stretch.longestMillis()).isEqualTo(10_000);
                        });
    }
}
