package io.iotdbmigrate.flink.cdc;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.testkit.StateSample;
import org.junit.jupiter.api.Test;

class ChangeProgressSerializerTest {
    private static final ChangeProgress PROGRESS =
            new ChangeProgress(
                    new ChangePosition(
                            "binlog.000007", 4_100, 4_294_967_299L, 3, 1_700_000_000_123L),
                    "3e11fa47-71ca-11e1-9e33-c80aa9429562:23",
                    2,
                    false,
                    5_000_000_000L,
                    17,
                    "3e11fa47-71ca-11e1-9e33-c80aa9429562");
    private static final ChangeProgress NONE = new ChangeProgress(null, null, 0, true, 0, 0, null);

    private final ChangeProgressSerializer serializer = new ChangeProgressSerializer();

    @Test
    void readsAndWritesVersion3() throws Exception {
        byte[] sample = StateSample.read("v3/change-progress.bin");

        assertThat(serializer.fromVersionedBytes(sample)).isEqualTo(PROGRESS);
        assertThat(serializer.toVersionedBytes(PROGRESS)).isEqualTo(sample);
    }

    /** It did not know the server. */
    @Test
    void readsVersion2() throws Exception {
        ChangeProgress read =
                serializer.fromVersionedBytes(StateSample.read("v2/change-progress.bin"));

        assertThat(read).usingRecursiveComparison().ignoringFields("server").isEqualTo(PROGRESS);
        assertThat(read.server()).isNull();
    }

    @Test
    void knowsAReplicationThatHasSeenNothing() throws Exception {
        assertThat(serializer.fromVersionedBytes(serializer.toVersionedBytes(NONE)))
                .isEqualTo(NONE);
    }

    @Test
    void refusesVersion1() throws Exception {
        byte[] sample = StateSample.read("v1/change-progress.bin");

        assertRefused(ExitCode.CONFIG, () -> serializer.fromVersionedBytes(sample))
                .hasMessageContaining("its state has version 1, this one reads 3; start again")
                .hasMessageContaining("iotdb-migrate cdc --restart");
    }

    @Test
    void refusesWhatALaterBuildWrote() throws Exception {
        byte[] bytes = serializer.toVersionedBytes(PROGRESS);
        bytes[3]++;

        assertRefused(ExitCode.CONFIG, () -> serializer.fromVersionedBytes(bytes))
                .hasMessageContaining("its state has version 4, this one reads 3");
    }
}
