package io.iotdbmigrate.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void endsAJobThatRuns() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(1)) {
            JobID job = cluster.submit(numbers(Long.MAX_VALUE));

            Cancellation.cancel(cluster.client(), job);

            assertThat(cluster.await(job, PATIENCE)).isEqualTo(JobStatus.CANCELED);
        }
    }

    @Test
    void comesTooLateForAJobThatHasFinished() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(1)) {
            JobID job = cluster.submit(numbers(1));
            assertThat(cluster.await(job, PATIENCE)).isEqualTo(JobStatus.FINISHED);

            Cancellation.cancel(cluster.client(), job);

            assertThat(cluster.await(job, PATIENCE)).isEqualTo(JobStatus.FINISHED);
        }
    }

    @Test
    void saysSoIfThereIsNoSuchJob() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(1)) {
            assertThatThrownBy(() -> Cancellation.cancel(cluster.client(), new JobID()))
                    .isInstanceOf(ExecutionException.class);
        }
    }

    private static JobGraph numbers(long upTo) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.fromSequence(1, upTo).sinkTo(new DiscardingSink<>());
        return env.getStreamGraph().getJobGraph();
    }
}
