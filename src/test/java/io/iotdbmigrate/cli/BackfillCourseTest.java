package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cli.report.html.RowSample;
import io.iotdbmigrate.run.backfill.BackfillListener;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.WorkShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackfillCourseTest {
    private final List<Long> shown = new ArrayList<>();
    private long seconds;
    private final BackfillCourse course =
            new BackfillCourse(new Shown(), () -> Duration.ofSeconds(seconds).toNanos());

    /** Is shown progress every five seconds. */
    private final class Shown implements BackfillListener {
        @Override
        public void planned(BackfillPlan plan) {}

        @Override
        public void note(String message) {}

        @Override
        public void progress(BackfillProgress progress) {
            shown.add(seconds);
        }

        @Override
        public Duration progressInterval() {
            return Duration.ofSeconds(5);
        }

        @Override
        public boolean stopRequested() {
            return false;
        }
    }

    private void run(int until) {
        course.planned(new BackfillPlan(List.of()));
        while (seconds < until) {
            seconds++;
            course.progress(
                    new BackfillProgress(
                            List.of(
                                    new BackfillProgress.Table("a", seconds * 7, 0),
                                    new BackfillProgress.Table("b", seconds * 3, 0))));
        }
    }

    @Test
    void samplesEachSecondAndShowsAsOftenAsBefore() {
        run(12);
        assertThat(course.samples())
                .hasSize(12)
                .startsWith(new RowSample(Duration.ofSeconds(1), 10))
                .endsWith(new RowSample(Duration.ofSeconds(12), 120));
        assertThat(shown).containsExactly(5L, 10L);
        assertThat(course.progressInterval()).isEqualTo(Duration.ofSeconds(1));
    }

    /** The metrics of a job's tasks are gone before the job is. */
    @Test
    void whatBothSidesDidIsKnownWhenTheJobHasEnded() {
        WorkShare reading = new WorkShare("reading", Duration.ZERO, Duration.ZERO, Duration.ZERO);
        course.planned(new BackfillPlan(List.of()));
        assertThat(course.work()).isEmpty();
        course.progress(new BackfillProgress(List.of(), List.of(reading)));
        course.progress(new BackfillProgress(List.of(), List.of()));
        assertThat(course.work()).containsExactly(reading);
    }

    @Test
    void daysAreFewSamplesFromTheFirstToTheLast() {
        run(200_000);
        List<RowSample> samples = course.samples();
        assertThat(samples).hasSizeBetween(150, 400);
        assertThat(samples.get(0).at()).isEqualTo(Duration.ofSeconds(1));
        assertThat(samples.get(samples.size() - 1).at()).isGreaterThan(Duration.ofHours(55));
        assertThat(samples)
                .allSatisfy(s -> assertThat(s.rows()).isEqualTo(s.at().toSeconds() * 10));
    }
}
