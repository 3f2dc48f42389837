package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.cutover.CdcJob.Place;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.cutover.Facts;
import io.iotdbmigrate.cutover.Operator;
import io.iotdbmigrate.cutover.StepName;
import io.iotdbmigrate.cutover.StepState;
import io.iotdbmigrate.cutover.StepState.Status;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.model.BinlogPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Invented cutovers: one for each way to end. */
public final class CutoverScenes {
    private static final Instant AT = RunScenes.AT;
    private static final Operator OPS = new Operator("ops", "gate-1", 4711);
    private static final long[] BEGINS = {
        0, 1_200, 9_700, 31_000, 31_150, 31_210, 33_400, 36_800, 38_000
    };
    private static final long[] ENDS = {
        1_150, 9_650, 30_950, 31_120, 31_190, 33_380, 36_750, 37_960, 39_400
    };

    private CutoverScenes() {}

    /** One that came to its end. */
    static CutoverReport switched() {
        List<StepState> steps = new ArrayList<>();
        for (StepName name : StepName.values()) {
            steps.add(step(name, Status.DONE, AT.plusMillis(ENDS[number(name)]), "1,000 rows"));
        }
        return new CutoverReport(
                state(Phase.SWITCHED, steps, facts(AT.plusMillis(39_400), true), null),
                Ending.SWITCHED,
                "the application writes to IoTDB",
                List.of(),
                OPS,
                AT.plusMillis(39_900));
    }

    /** One whose hook failed, and that could not be undone. */
    static CutoverReport hookFailed() {
        List<StepState> steps = new ArrayList<>();
        for (StepName name : StepName.values()) {
            boolean last = name == StepName.SWITCH;
            steps.add(
                    new StepState(
                            name,
                            last ? Status.BEGUN : Status.DONE,
                            AT.plusMillis(BEGINS[number(name)]),
                            AT.plusMillis(ENDS[number(name)]),
                            last ? "the hook ended with 3: <no route>" : "1,000 rows",
                            last));
        }
        return new CutoverReport(
                state(Phase.FORWARD, steps, facts(null, true), null),
                Ending.NEEDS_PERSON,
                "the hook ended with 3",
                List.of("look whether the application was switched"),
                OPS,
                AT.plusMillis(39_900));
    }

    /** One that drained for too long, and was undone. */
    static CutoverReport undone() {
        List<StepState> steps = new ArrayList<>();
        for (StepName name : StepName.values()) {
            int order = name.compareTo(StepName.DRAIN);
            steps.add(
                    order < 0
                            ? step(
                                    name,
                                    Status.UNDONE,
                                    AT.plusMillis(ENDS[number(name)]),
                                    "1,000 rows")
                            : order > 0
                                    ? new StepState(name, Status.WAITING, null, null, "", false)
                                    : new StepState(
                                            name,
                                            Status.UNDONE,
                                            AT.plusMillis(BEGINS[number(name)]),
                                            AT.plusMillis(91_210),
                                            "drain took longer than 60 s",
                                            true));
        }
        return undone(steps, Ending.UNDONE, "drain took longer than 60 s");
    }

    /** One whose process was killed while it drained; another one has undone it minutes later. */
    static CutoverReport aborted() {
        List<StepState> steps = new ArrayList<>();
        for (StepName name : StepName.values()) {
            int order = name.compareTo(StepName.DRAIN);
            steps.add(
                    order > 0
                            ? new StepState(name, Status.WAITING, null, null, "", false)
                            : step(
                                    name,
                                    Status.UNDONE,
                                    order == 0 ? null : AT.plusMillis(ENDS[number(name)]),
                                    ""));
        }
        return undone(steps, Ending.ABORTED, "aborted");
    }

    private static CutoverReport undone(List<StepState> steps, Ending ending, String sentence) {
        return new CutoverReport(
                state(
                        Phase.UNDONE,
                        steps,
                        facts(AT.plusMillis(91_700), false),
                        AT.plusMillis(91_250)),
                ending,
                sentence,
                List.of(),
                OPS,
                AT.plusMillis(95_750));
    }

    private static int number(StepName name) {
        return List.of(StepName.values()).indexOf(name);
    }

    private static StepState step(
            StepName name, Status status, @Nullable Instant ended, String detail) {
        return new StepState(
                name, status, AT.plusMillis(BEGINS[number(name)]), ended, detail, false);
    }

    private static CutoverState state(
            Phase phase, List<StepState> steps, Facts facts, @Nullable Instant undoingAt) {
        return new CutoverState("c-20261122", false, AT, OPS, phase, steps, facts, undoingAt);
    }

    private static Facts facts(@Nullable Instant resumed, boolean verified) {
        return new Facts(
                Map.of(),
                AT.plusMillis(31_050),
                resumed,
                new Place("jobmanager:8081", "file:/savepoints"),
                new BinlogPosition("binlog.000003", 157, "uuid:1-5"),
                verified ? "file:/savepoints/savepoint-1f3a" : null,
                verified
                        ? new Verified(
                                Verify.RECENT,
                                true,
                                AT.plusMillis(36_700),
                                List.of(
                                        new Verified.Table(
                                                "ambience",
                                                9_799_976,
                                                9_799_976,
                                                "9f86d081884c7d659a2feaa0c55ad015",
                                                AT)),
                                List.of())
                        : null,
                List.of("1 session was ended: " + VerifyScenes.HOSTILE));
    }
}
