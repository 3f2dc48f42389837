package io.iotdbmigrate.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.UserException;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFolderTest {
    private static final ClusterAddress HERE = new ClusterAddress("127.0.0.1", 8081);
    private static final ClusterAddress ELSEWHERE = new ClusterAddress("203.0.113.7", 8081);

    @Test
    void theStateFolderIsSharedWithThisMachineOnly() {
        assertThatCode(() -> CheckpointFolder.requireReachable(null, HERE))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> CheckpointFolder.requireReachable(null, ELSEWHERE))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("203.0.113.7:8081")
                .hasMessageContaining("set flink.checkpoint_dir to a folder");
    }

    /** Else checkpoints of a state folder with a blank lie beside it, under a name with %20. */
    @ParameterizedTest
    @ValueSource(strings = {"/tmp/s", "/tmp/st ate", "/tmp/50%20off", "/tmp/\u00fc#?&", "/tmp/a:b"})
    void checkpointsLieInTheStateFolder(String state) {
        String named = CheckpointFolder.named(null, java.nio.file.Path.of(state));
        assertThat(named).isEqualTo("file://" + state + "/");
        assertThat(new Path(named + "cdc/x").getPath()).isEqualTo(state + "/cdc/x");
    }

    @Test
    void whatThisProgramCannotReadIsNamed() {
        assertThatCode(() -> CheckpointFolder.requireReachable("file:///mnt/flink", ELSEWHERE))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> CheckpointFolder.requireReachable("s3://bucket/flink", ELSEWHERE))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("flink.checkpoint_dir is s3://bucket/flink")
                .hasMessageContaining("FLINK_PLUGINS_DIR");
    }
}
