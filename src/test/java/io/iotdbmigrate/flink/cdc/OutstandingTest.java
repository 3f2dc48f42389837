package io.iotdbmigrate.flink.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutstandingTest {
    private final Outstanding<String> outstanding = new Outstanding<>();

    @Test
    void isDueWhenTheCheckpointBehindItCompletes() {
        outstanding.add("a");
        assertThat(outstanding.due(0)).as("no checkpoint has begun").isEmpty();
        assertThat(outstanding.snapshot(1)).containsExactly("a");
        outstanding.add("b");
        assertThat(outstanding.due(1)).containsExactly("a");
        outstanding.done(1);
        assertThat(outstanding.snapshot(2)).containsExactly("b");
    }

    @Test
    void keepsItsOrder() {
        List<String> work = List.of("d", "b", "a", "c");
        outstanding.add("e");
        outstanding.snapshot(1);
        work.forEach(outstanding::add);
        assertThat(outstanding.snapshot(2)).containsExactly("e", "d", "b", "a", "c");
        assertThat(outstanding.due(2)).containsExactly("e", "d", "b", "a", "c");
    }

    @Test
    void staysInCheckpointsUntilItIsDone() {
        outstanding.add("a");
        outstanding.snapshot(1);
        outstanding.add("b");
        assertThat(outstanding.snapshot(2)).containsExactlyInAnyOrder("a", "b");
        assertThat(outstanding.due(1)).as("the first one was aborted").containsExactly("a");
        outstanding.done(2);
        assertThat(outstanding.snapshot(3)).isEmpty();
    }
}
