package io.iotdbmigrate.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.model.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure in each step, before and after the step had its effect. */
class CutoverFailureTest {
    private static final CutoverOptions EXECUTE = new CutoverOptions(false, false);
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Map<StepName, List<String>> CALLS =
            Map.of(
                    StepName.PREFLIGHT,
                            List.of("before status", "before last full", "before place"),
                    StepName.CONFIRM, List.of("before agrees"),
                    StepName.PREPARE, List.of("before prepare"),
                    StepName.PAUSE, List.of("before former", "before pause", "after pause"),
                    StepName.POSITION, List.of("before position"),
                    StepName.DRAIN,
                            List.of("before drained", "before checkpoint", "after checkpoint"),
                    StepName.VERIFY, List.of("before verify", "after verify"),
                    StepName.STOP, List.of("before stop", "after stop"),
                    StepName.SWITCH, List.of("before switch"));

    private enum Kind {
        EXCEPTION,
        ERROR,
        TIME_OUT,
        DEAF,
        STOP
    }

    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private final World world = new World();
    private final World.Life life = world.new Life();

    static Stream<Arguments> failures() {
        List<Arguments> all = new ArrayList<>();
        for (StepName step : StepName.values()) {
            for (String call : CALLS.get(step)) {
                for (Kind kind : Kind.values()) {
                    // A switch hook is ended by its own limit, and never by a stop.
                    boolean bySignal = kind != Kind.EXCEPTION && kind != Kind.ERROR;
                    if (!(step == StepName.SWITCH && bySignal)) {
                        all.add(Arguments.of(step, call, kind));
                    }
                }
            }
        }
        return all.stream();
    }

    private void inject(String call, World.Fault fault) {
        if (call.startsWith("before ")) {
            world.before(call.substring("before ".length()), fault);
        } else {
            world.after(call.substring("after ".length()), fault);
        }
    }

    @AfterEach
    void letGo() {
        testIsOver.countDown();
    }

    private World.Fault fault(Kind kind) {
        return switch (kind) {
            case EXCEPTION ->
                    life -> {
                        throw new IllegalArgumentException("connection lost");
                    };
            case ERROR ->
                    life -> {
                        throw new LinkageError("connection lost");
                    };
            case TIME_OUT -> life -> new CountDownLatch(1).await();
            case DEAF -> life -> waitDeafly();
            case STOP ->
                    life -> {
                        life.stop = true;
                        new CountDownLatch(1).await();
                    };
        };
    }

    /** A read from a socket does not hear an interrupt, either. */
    private void waitDeafly() throws InterruptedException {
        try {
            testIsOver.await();
        } catch (InterruptedException e) {
            testIsOver.await();
        }
    }

    @ParameterizedTest(name = "{2} {1}")
    @MethodSource("failures")
    void everythingIsUndoneInReverse(StepName step, String call, Kind kind) throws Exception {
        if (kind == Kind.TIME_OUT || kind == Kind.DEAF) {
            life.timeouts = World.timeouts(step, SHORT);
        }
        if (step == StepName.POSITION) {
            world.after("pause", l -> inject(call, fault(kind)));
        } else {
            inject(call, fault(kind));
        }

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.UNDONE);
        assertThat(report.ending().exitCode()).isEqualTo(ExitCode.NOT_SWITCHED);
        assertThat(report.toDo()).isEmpty();
        assertThat(report.sentence()).contains(expected(kind));
        assertThat(world.writable).isTrue();
        assertThat(world.running).isTrue();
        assertThat(world.switched).isFalse();
        assertThat(world.locked).isFalse();
        assertThat(world.undone()).isEqualTo(reversedUpTo(step));
        assertThat(world.lastEntry().phase()).isEqualTo(Phase.UNDONE);
        assertThat(report.state().step(step).detail()).contains(expected(kind));
        assertThat(report.state().steps().stream().filter(StepState::failed))
                .extracting(StepState::name)
                .containsExactly(step);
        assertThat(world.lastEntry().undoingAt())
                .isBetween(report.state().startedAt(), report.endedAt());
        life.stop = false;
        assertThat(world.new Life().cutover().run(EXECUTE).ending()).isEqualTo(Ending.SWITCHED);
    }

    private static String expected(Kind kind) {
        return switch (kind) {
            case EXCEPTION, ERROR -> "connection lost";
            case TIME_OUT, DEAF -> "took longer than";
            case STOP -> "a stop was asked for";
        };
    }

    private static List<StepName> reversedUpTo(StepName step) {
        List<StepName> names = new ArrayList<>();
        for (StepName name : StepName.values()) {
            if (name.compareTo(step) <= 0) {
                names.add(0, name);
            }
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "stop"})
    void aWriteThatSlipsThroughUndoes(String call) throws Exception {
        world.before(call, l -> world.write());

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).isEqualTo(Ending.UNDONE);
        assertThat(report.sentence())
                .startsWith("mapped tables were written although writes were paused: 1 row event");
        assertThat(world.writable).isTrue();
        assertThat(world.running).isTrue();
        assertThat(world.switched).isFalse();
    }

    @Test
    void aPauseThatEndedByItselfUndoes() throws Exception {
        world.before("stop", l -> world.writable = true);

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).isEqualTo(Ending.UNDONE);
        assertThat(report.sentence()).startsWith("writes are no longer paused");
        assertThat(world.switched).isFalse();
        assertThat(world.running).isTrue();
    }

    @Test
    void aWriteDuringTheSwitchIsAPersonsMatter() throws Exception {
        world.after("switch", l -> world.write());

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).isEqualTo(Ending.NEEDS_PERSON);
        assertThat(report.sentence()).contains("was switched", "1 row event");
        assertThat(report.toDo()).first().asString().contains("carry them over");
        assertThat(world.calls).last().isEqualTo("switch");
    }

    @Test
    void aDifferenceUndoes() throws Exception {
        world.before("verify", l -> world.applied = 5);

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).isEqualTo(Ending.UNDONE);
        assertThat(report.sentence())
                .contains("MySQL and IoTDB differ: ambience: 1 row is missing in IoTDB");
        assertThat(report.state().facts().verified()).isNotNull();
        assertThat(world.writable).isTrue();
    }

    @Test
    void aJobThatEndsCannotDrain() throws Exception {
        world.after("pause", l -> world.running = false);

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.sentence()).contains("embedded in process 7", "ended while");
        assertThat(world.writable).isTrue();
    }

    @Test
    void aStopDuringTheSwitchIsHeardTooLate() throws Exception {
        world.before("switch", l -> l.stop = true);

        assertThat(life.cutover().run(EXECUTE).ending()).isEqualTo(Ending.SWITCHED);
    }

    @Test
    void anUndoThatFailsOnceIsTriedAgain() throws Exception {
        world.before("switch", fault(Kind.EXCEPTION));
        world.before("resume writes", fault(Kind.EXCEPTION));
        world.before("resume CDC", fault(Kind.EXCEPTION));

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).isEqualTo(Ending.UNDONE);
        assertThat(world.writable).isTrue();
        assertThat(world.running).isTrue();
    }

    @Test
    void anUndoThatGoesOnFailingNeedsAPersonAndHoldsUpNoOther() throws Exception {
        failForever("resume CDC");
        world.before("switch", fault(Kind.EXCEPTION));

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).isEqualTo(Ending.NEEDS_PERSON);
        assertThat(report.ending().exitCode()).isEqualTo(ExitCode.NEEDS_PERSON);
        assertThat(report.toDo()).hasSize(2);
        assertThat(report.toDo().get(0))
                .startsWith(
                        "start replication again with iotdb-migrate cdc --remote flink:8081; its"
                                + " savepoint is file:")
                .contains("connection lost");
        assertThat(world.writable).isTrue();
        assertThat(world.running).isFalse();

        world.before("resume CDC", l -> {});
        assertThat(world.new Life().cutover().abort().ending()).isEqualTo(Ending.ABORTED);
        assertThat(world.running).isTrue();
    }

    private void failForever(String call) {
        world.before(
                call,
                l -> {
                    failForever(call);
                    throw new IllegalArgumentException("connection lost");
                });
    }

    @Test
    void aLostJournalDoesNotHoldUpTheWayBack() throws Exception {
        world.after("pause", l -> failForever("journal"));

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).isEqualTo(Ending.UNDONE);
        assertThat(world.writable).isTrue();
        assertThat(report.toDo()).singleElement().asString().contains("cutover --abort");
        world.before("journal", l -> {});
        assertThat(world.new Life().cutover().abort().ending()).isEqualTo(Ending.ABORTED);
        assertThat(world.lastEntry().phase()).isEqualTo(Phase.UNDONE);
    }
}
