package io.iotdbmigrate.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterFactsTest {
    private static ClusterFacts facts(String flink, int java, int free) {
        return new ClusterFacts(new ClusterAddress("jm", 8081), flink, java, free, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "OpenJDK 64-Bit Server VM - Debian - 17/17.0.15+6-Debian-1deb12u1, 17",
        "Java HotSpot(TM) 64-Bit Server VM - Oracle Corporation - 1.8/25.202-b08, 8",
        "something else, 0",
    })
    void readsTheJavaVersion(String text, int major) {
        assertThat(ClusterFacts.javaMajor(text)).isEqualTo(major);
    }

    @Test
    void anotherPatchLevelAndAnUnknownJavaWillDo() {
        assertThatCode(() -> facts("1.20.0", 0, 1).requireUsable("1.20.3"))
                .doesNotThrowAnyException();
        assertThatCode(() -> facts("1.20.0", 21, 1).requireFreeSlots(1)).doesNotThrowAnyException();
    }

    @Test
    void namesWhatDoesNotFit() {
        assertThatThrownBy(() -> facts("1.19.2", 17, 1).requireUsable("1.20.3"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("jm:8081 is version 1.19.2, but the job needs 1.20");
        assertThatThrownBy(() -> facts("1.20.3", 11, 1).requireUsable("1.20.3"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("runs on Java 11, but the job needs 17");
        assertThatThrownBy(() -> facts("1.20.3", 17, 1).requireFreeSlots(2))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("1 free slots of 4, but the job needs 2");
    }
}
