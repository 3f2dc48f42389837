package io.iotdbmigrate.flink.cdc.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.model.BinlogPosition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.cdc.connectors.mysql.source.offset.BinlogOffset;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;
import org.junit.jupiter.api.Test;

class BegunFileTest {
    private static final Instant BEGUN = Instant.parse("2026-11-30T04:43:20Z");

    private static BegunFile at(String file) {
        BinlogPosition position = new BinlogPosition(file, 157, "", "one");
        return BegunFile.of(new CdcStart.At(position, Map.of(), BEGUN), "one");
    }

    @Test
    void theSameFileAndLaterOnesFollow() {
        BegunFile file = at("binlog.000002");

        assertThat(file.begins("one", "binlog.000002", BEGUN)).isEmpty();
        assertThat(file.begins("one", "binlog.000003", BEGUN.plusSeconds(5))).isEmpty();
        assertThat(file.begins("one", "binlog.000002", BEGUN)).isEmpty();
        assertThat(file.begins("one", "binlog.000003", BEGUN.plusSeconds(5))).isEmpty();
    }

    @Test
    void aFileOfThatNameThatWasBegunAtAnotherTimeDoesNot() {
        assertThat(at("binlog.000002").begins("one", "binlog.000002", BEGUN.plusSeconds(9)))
                .contains("binlog.000002");
    }

    @Test
    void norDoesAnEarlierOneThatWasBegunLater() {
        BegunFile file = at("binlog.000002");

        assertThat(file.begins("one", "binlog.000001", BEGUN.minusSeconds(9))).isEmpty();
        assertThat(file.begins("one", "binlog.000001", BEGUN.plusSeconds(99)))
                .contains("binlog.000002");
    }

    @Test
    void anotherServerHasFilesOfItsOwn() {
        BegunFile file = at("binlog.000002");

        assertThat(file.begins("two", "binlog.000001", BEGUN.plusSeconds(99))).isEmpty();
        assertThat(file.begins("two", "binlog.000001", BEGUN.plusSeconds(999)))
                .contains("binlog.000001");
    }

    @Test
    void aCheckpointHasIt() {
        MySqlBinlogSplit noted = at("binlog.000002").noted(split());
        BegunFile restored = BegunFile.of(new CdcStart.Restored("one", true), "one");
        restored.restore(noted);

        assertThat(restored.begins("one", "binlog.000002", BEGUN.plusSeconds(9)))
                .contains("binlog.000002");
    }

    @Test
    void aCheckpointOfAnEarlierVersionHasNone() {
        BegunFile restored = BegunFile.of(new CdcStart.Restored("one", true), "one");
        restored.restore(split());

        assertThat(restored.begins("one", "binlog.000002", BEGUN)).isEmpty();
        assertThat(restored.begins("one", "binlog.000002", BEGUN.plusSeconds(9)))
                .contains("binlog.000002");
    }

    private static MySqlBinlogSplit split() {
        return new MySqlBinlogSplit(
                "binlog-split",
                BinlogOffset.ofBinlogFilePosition("binlog.000002", 157),
                BinlogOffset.ofNonStopping(),
                List.of(),
                Map.of(),
                0);
    }
}
