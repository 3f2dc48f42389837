package io.iotdbmigrate.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class LentClusterTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void endsTheJobsItWasGivenAndNoOthers() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(2)) {
            EmbeddedCluster first = cluster.lend();
            JobID left = first.submit(numbers());
            try (EmbeddedCluster second = cluster.lend()) {
                JobID other = second.submit(numbers());

                first.close();

                assertThat(cluster.client().getJobStatus(left).get()).isEqualTo(JobStatus.CANCELED);
                assertThat(second.await(other, Duration.ofMillis(100)))
                        .isIn(JobStatus.CREATED, JobStatus.RUNNING);
                assertThat(cluster.isRunning()).isTrue();
            }
        }
    }

    @Test
    void isOverWithTheClusterItself() throws Exception {
        EmbeddedCluster cluster = EmbeddedCluster.start(1);
        EmbeddedCluster lent = cluster.lend();
        JobID job = lent.submit(numbers());
        lent.close();
        assertThat(lent.await(job, PATIENCE)).isEqualTo(JobStatus.CANCELED);

        cluster.close();

        assertThat(lent.isRunning()).isFalse();
    }

    private static JobGraph numbers() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.fromSequence(1, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
        return env.getStreamGraph().getJobGraph();
    }
}
