package io.iotdbmigrate.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class LocalMetricsTest {
    private final LocalMetrics reporter = new LocalMetrics();
    private final JobID job = new JobID();

    @Test
    void allThatAJobSaysUnderOneNameIsSummed() throws Exception {
        counter("backfillRows0", 3, job);
        counter("backfillRows0", 4, job);
        counter("backfillRows1", 5, job);
        reporter.notifyOfAddedMetric((Gauge<Long>) () -> 6L, "backfillRestoredRows0", of(job));

        assertThat(LocalMetrics.of(job, "backfill").read())
                .isEqualTo(
                        Map.of(
                                "backfillRows0",
                                7L,
                                "backfillRows1",
                                5L,
                                "backfillRestoredRows0",
                                6L));
    }

    @Test
    void ofWhatEndsSoTheGreatestCounts() throws Exception {
        counter("iotdbMigrateIotdbWaitMillisMax", 3, job);
        counter("iotdbMigrateIotdbWaitMillisMax", 4, job);

        assertThat(LocalMetrics.of(job, "iotdbMigrate").read())
                .isEqualTo(Map.of("iotdbMigrateIotdbWaitMillisMax", 4L));
    }

    @Test
    void otherJobsAndOtherPrefixesAreNotAskedFor() throws Exception {
        counter("verifyRows0", 1, job);
        counter("verifyRows0", 2, new JobID());
        counter("backfillRows0", 4, job);
        counter("numRecordsIn", 8, job);

        assertThat(LocalMetrics.of(job, "verify").read()).isEqualTo(Map.of("verifyRows0", 1L));
    }

    @Test
    void whatFlinkTakesBackIsGone() throws Exception {
        Counter before = counter("iotdbMigrateEvents", 9, job);
        reporter.notifyOfRemovedMetric(before, "iotdbMigrateEvents", of(job));
        counter("iotdbMigrateEvents", 2, job);

        assertThat(LocalMetrics.of(job, "iotdbMigrate").read())
                .isEqualTo(Map.of("iotdbMigrateEvents", 2L));
    }

    private Counter counter(String name, long value, JobID ofJob) {
        Counter counter = new SimpleCounter();
        counter.inc(value);
        reporter.notifyOfAddedMetric(counter, name, of(ofJob));
        return counter;
    }

    private static MetricGroup of(JobID ofJob) {
        return new UnregisteredMetricsGroup() {
            @Override
            public Map<String, String> getAllVariables() {
                return Map.of("<job_id>", ofJob.toHexString());
            }
        };
    }
}
