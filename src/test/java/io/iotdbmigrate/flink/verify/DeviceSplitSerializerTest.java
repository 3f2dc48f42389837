package io.iotdbmigrate.flink.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.iotdb.StoredDevice;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceSplitSerializerTest {
    @Test
    void readsWhatItHasWritten() throws Exception {
        DeviceSplit split =
                new DeviceSplit(
                        7,
                        1,
                        List.of(
                                new StoredDevice("root.x.d1", List.of("root.x.d1.v1")),
                                new StoredDevice("root.x.`\u00fc`", List.of())));
        DeviceSplitSerializer one = new DeviceSplitSerializer();
        DeviceSplitSerializer.Left all = new DeviceSplitSerializer.Left();

        assertThat(one.deserialize(one.getVersion(), one.serialize(split))).isEqualTo(split);
        DeviceSplits left = new DeviceSplits(List.of(split, split));
        assertThat(all.deserialize(all.getVersion(), all.serialize(left))).isEqualTo(left);
    }
}
