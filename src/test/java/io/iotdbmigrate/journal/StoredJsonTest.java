package io.iotdbmigrate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What another process reads is what was written. */
class StoredJsonTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00.123456Z");

    private static CutoverState readBack(CutoverState state) throws Exception {
        return StoredJson.fromText(StoredJson.toText(state), CutoverState.class);
    }

    private static CutoverState state(Facts facts) {
        return new CutoverState(
                "an-id",
                true,
                AT,
                new Operator("ann", "host", 4711),
                Phase.BACK,
                List.of(
                        new StepState(
                                StepName.PREFLIGHT, Status.UNDONE, AT, AT, "a \"detail\"", true),
                        new StepState(StepName.PAUSE, Status.BEGUN, AT, null, "", false),
                        new StepState(StepName.DRAIN, Status.WAITING, null, null, "", false)),
                facts,
                AT.plusSeconds(2));
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

    /** Entries as version 0.1.0 wrote them before records did; the journal lives for years. */
    @Nested
    class FormerEntries {
        @Test
        void aFinishedBackfill() throws Exception {
            Journal.Entry entry =
                    entry(
                            """
                            {"event": "backfill_finished", "at": "2026-11-22T10:00:05Z", "run": "r1",
                             "started_at": "2026-11-22T10:00:00.123456Z",
                             "position": {"file": "binlog.000002", "offset": 157, "gtid_set": "",
                               "create_table": {"plant.t": "CREATE TABLE `t` (`id` int)"},
                               "shapes": {"plant.t": "id INT"}},
                             "tables": [{"table": "t", "rows": 5, "points": 9, "empty": 1,
                               "collapsed": 2, "rejected": 3, "zero_dates": 4}]}
                            """);

            assertThat(BackfillJournal.finished(List.of(entry), "r1"))
                    .contains(
                            new BackfillJournal.Finished(
                                    "r1",
                                    AT,
                                    Instant.parse("2026-11-22T10:00:05Z"),
                                    List.of(
                                            new BackfillJournal.TableResult(
                                                    "t", 5, 9, 1, 2, 3, 4, 0)),
                                    new BinlogPosition("binlog.000002", 157, ""),
                                    Map.of("plant.t", "CREATE TABLE `t` (`id` int)"),
                                    Map.of("plant.t", "id INT"),
                                    null,
                                    null,
                                    null));
        }

        @Test
        void aBackfillWithoutABinlog() throws Exception {
            Journal.Entry entry =
                    entry(
                            """
                            {"event": "backfill_started", "at": "2026-11-22T10:00:00Z",
                             "run": "r1", "tables": ["t"]}
                            """);

            assertThat(BackfillJournal.position(List.of(entry), "r1")).isEmpty();
            assertThat(BackfillJournal.isWriting(entry)).isTrue();
        }

        @Test
        void aRunningBackfillsPosition() throws Exception {
            Journal.Entry entry =
                    entry(
                            """
                            {"event": "backfill_started", "at": "2026-11-22T10:00:00Z",
                             "run": "r1", "tables": ["t"], "position": {"file": "binlog.000002",
                               "offset": 157, "gtid_set": "u:1-5", "server_uuid": "u"}}
                            """);

            assertThat(BackfillJournal.position(List.of(entry), "r1"))
                    .contains(new BinlogPosition("binlog.000002", 157, "u:1-5", "u"));
        }

        @Test
        void aCutover() throws Exception {
            JsonNode entry =
                    new JsonMapper()
                            .readTree(
                                    """
                                    {"event": "cutover", "at": "2026-11-22T10:00:00Z", "id": "c1",
                                     "rehearsal": false, "started_at": "2026-11-22T10:00:00.123456Z",
                                     "phase": "FORWARD",
                                     "operator": {"user": "ann", "host": "h", "pid": 7},
                                     "steps": [{"name": "PREFLIGHT", "status": "DONE",
                                       "started_at": "2026-11-22T10:00:00.123456Z",
                                       "ended_at": null, "detail": "fine"}],
                                     "facts": {"former": {"read_only": "OFF"},
                                       "paused_at": "2026-11-22T10:00:00.123456Z",
                                       "resumed_at": null, "savepoint": null,
                                       "place": {"cluster": null, "savepoints": "file:/s"},
                                       "position": {"file": "b.1", "offset": 4, "gtid_set": ""},
                                       "remarks": ["a remark"]}}
                                    """);

            assertThat(StoredJson.fromNode(entry, CutoverState.class))
                    .isEqualTo(
                            new CutoverState(
                                    "c1",
                                    false,
                                    AT,
                                    new Operator("ann", "h", 7),
                                    Phase.FORWARD,
                                    List.of(
                                            new StepState(
                                                    StepName.PREFLIGHT,
                                                    Status.DONE,
                                                    AT,
                                                    null,
                                                    "fine",
                                                    false)),
                                    new Facts(
                                            Map.of("read_only", "OFF"),
                                            AT,
                                            null,
                                            new Place(null, "file:/s"),
                                            new BinlogPosition("b.1", 4, ""),
                                            null,
                                            null,
                                            List.of("a remark")),
                                    null));
        }

        @Test
        void aBaseOfAComparison() throws Exception {
            JsonNode entry =
                    new JsonMapper()
                            .readTree(
                                    """
                                    {"base": {"file": "b.1", "offset": 4, "gtid_set": "",
                                      "server_uuid": "u", "create_table": {"p.t": "CREATE"},
                                      "shapes": {"p.t": "id INT"}}, "rejected_changes": 2}
                                    """);

            assertThat(VerifiedBase.of(entry))
                    .contains(
                            new VerifiedBase(
                                    new BinlogPosition("b.1", 4, "", "u"),
                                    Map.of("p.t", "CREATE"),
                                    Map.of("p.t", "id INT"),
                                    2));
        }

        private static Journal.Entry entry(String text) throws Exception {
            JsonNode node = new JsonMapper().readTree(text);
            return new Journal.Entry(
                    node.path("event").asText(), Instant.parse(node.path("at").asText()), node);
        }
    }
}
