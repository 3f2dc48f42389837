package io.iotdbmigrate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.cutover.CdcJob.Place;
import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.cutover.Facts;
import io.iotdbmigrate.cutover.Operator;
import io.iotdbmigrate.cutover.StepName;
import io.iotdbmigrate.cutover.StepState;
import io.iotdbmigrate.cutover.StepState.Status;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.model.BinlogPosition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What another process reads is what was written. */
class CutoverCodecTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00.123456Z");

    private static CutoverState readBack(CutoverState state) throws Exception {
        JsonMapper json = new JsonMapper();
        ObjectNode node = json.createObjectNode();
        CutoverCodec.write(state, node);
        return CutoverCodec.read(json.readTree(json.writeValueAsString(node)));
    }

    private static CutoverState state(Facts facts) {
        return new CutoverState(
                "an-id",
                true,
                AT,
                new Operator("ann", "host", 4711),
                Phase.BACK,
                List.of(
                        new StepState(StepName.PREFLIGHT, Status.UNDONE, AT, AT, "a \"detail\""),
                        new StepState(StepName.PAUSE, Status.BEGUN, AT, null, ""),
                        new StepState(StepName.DRAIN, Status.WAITING, null, null, "")),
                facts);
    }

    @Test
    void allThatIsKnown() throws Exception {
        CutoverState state =
                state(
                        new Facts(
                                Map.of("read_only", "ON", "super_read_only", "OFF"),
                                AT,
                                AT.plusSeconds(3),
                                new Place("flink:8081", "file:/savepoints"),
                                new BinlogPosition("binlog.000003", 157, "uuid:1-5"),
                                "file:/savepoint",
                                new Verified(
                                        Verify.RECENT,
                                        false,
                                        AT,
                                        List.of(
                                                new Verified.Table("t", 5, 4, "cafe"),
                                                new Verified.Table(
                                                        "u", 1, 1, "beef", Instant.EPOCH)),
                                        List.of("one is missing")),
                                List.of("a remark")));

        assertThat(readBack(state)).isEqualTo(state);
    }

    @Test
    void nothingIsKnownYet() throws Exception {
        CutoverState state =
                state(new Facts(Map.of(), null, null, null, null, null, null, List.of()));

        assertThat(readBack(state)).isEqualTo(state);
    }
}
