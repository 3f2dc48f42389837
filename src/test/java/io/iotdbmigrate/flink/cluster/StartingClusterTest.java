package io.iotdbmigrate.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartingClusterTest {
    private final UserException taken =
            new UserException(ExitCode.USAGE, "port 8081 of this machine is taken");

    private final AtomicInteger calls = new AtomicInteger();

    private FlinkCluster refuse() {
        calls.incrementAndGet();
        throw taken;
    }

    @Test
    void beginsBeforeItIsTaken() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Clusters refusing =
                (remote, slots, port) -> {
                    begun.countDown();
                    return refuse();
                };
        try (StartingCluster starting = StartingCluster.of(refusing, null, 1, 0)) {
            begun.await();
            assertThatThrownBy(starting::take).isSameAs(taken);
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void looksForOneElsewhereOnlyWhenItIsTaken() throws Exception {
        ClusterAddress remote = ClusterAddress.parse("jobmanager:8081");
        Clusters refusing = (address, slots, port) -> refuse();
        try (StartingCluster unused = StartingCluster.of(refusing, remote, 1, 0)) {
            assertThat(calls).hasValue(0);
        }
        assertThat(calls).hasValue(0);
        try (StartingCluster starting = StartingCluster.of(refusing, remote, 1, 0)) {
            assertThatThrownBy(starting::take).isSameAs(taken);
        }
    }

    @Test
    void saysNothingOfOneThatNobodyNeeds() throws Exception {
        StartingCluster.of((remote, slots, port) -> refuse(), null, 1, 0).close();

        assertThat(calls).hasValue(1);
    }
}
