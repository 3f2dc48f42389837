package io.iotdbmigrate.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.cutover.CutoverState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The process dies right before or right after each entry of the journal. */
class CutoverKillTest {
    private static final CutoverOptions EXECUTE = new CutoverOptions(false, false);

    private final World world = new World();

    static Stream<Arguments> deaths() throws Exception {
        World undisturbed = new World();
        undisturbed.new Life().cutover().run(EXECUTE);
        int entries = undisturbed.journal.size();
        List<Arguments> all = new ArrayList<>();
        for (int entry = 0; entry < entries; entry++) {
            // Without any entry there is nothing to take up, with the last nothing more to do.
            if (entry > 0) {
                all.add(Arguments.of(entry, false));
            }
            if (entry < entries - 1) {
                all.add(Arguments.of(entry, true));
            }
        }
        return all.stream();
    }

    private void dieAt(int entry, boolean kept) throws Exception {
        World.Life dying = world.new Life();
        dying.diesAtEntry = entry;
        dying.entryIsKept = kept;
        dying.cutover().run(EXECUTE);
        assertThat(dying.dead).isTrue();
    }

    @ParameterizedTest(name = "entry {0}, kept: {1}")
    @MethodSource("deaths")
    void abortRestores(int entry, boolean kept) throws Exception {
        dieAt(entry, kept);
        assertThatThrownBy(() -> world.new Life().cutover().run(EXECUTE))
                .hasMessageContaining("is not finished");

        CutoverReport report = world.new Life().cutover().abort();

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.ABORTED);
        assertThat(world.writable).isTrue();
        assertThat(world.running).isTrue();
        assertThat(world.lastEntry().phase()).isEqualTo(Phase.UNDONE);
    }

    @ParameterizedTest(name = "entry {0}, kept: {1}")
    @MethodSource("deaths")
    void resumeContinues(int entry, boolean kept) throws Exception {
        dieAt(entry, kept);

        CutoverReport report = world.new Life().cutover().resume(true);

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.SWITCHED);
        assertSwitched();
    }

    @ParameterizedTest(name = "entry {0}, kept: {1}")
    @MethodSource("deaths")
    void resumeContinuesAfterThePauseDiedToo(int entry, boolean kept) throws Exception {
        world.pauseDiesWithProcess = true;
        dieAt(entry, kept);
        boolean hookRan = world.switched;
        if (!hookRan) {
            world.write();
        }

        CutoverReport report = world.new Life().cutover().resume(true);

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.SWITCHED);
        assertSwitched();
    }

    private void assertSwitched() {
        assertThat(world.switched).isTrue();
        assertThat(world.writable).isFalse();
        assertThat(world.running).isFalse();
        assertThat(world.applied).isEqualTo(world.position);
        assertThat(world.lastEntry().phase()).isEqualTo(Phase.SWITCHED);
    }

    @Test
    void stepsThatStillHoldAreNotDoneAgain() throws Exception {
        world.before("stop", World.Life::die);
        World.Life dying = world.new Life();
        dying.cutover().run(EXECUTE);
        world.calls.clear();

        world.new Life().cutover().resume(true);

        assertThat(world.calls).containsExactly("resume CDC", "stop", "switch");
    }

    @Test
    void aDeathOnTheWayBackIsFinishedByAbortOnly() throws Exception {
        World undisturbed = new World();
        undisturbed.before("stop", World.Life::die);
        undisturbed.new Life().cutover().run(EXECUTE);
        int begunStop = undisturbed.journal.size();
        for (int entry = begunStop; entry < begunStop + 7; entry++) {
            World own = new World();
            own.before("stop", l -> l.stop = true);
            World.Life dying = own.new Life();
            dying.diesAtEntry = entry;
            dying.entryIsKept = true;
            dying.cutover().run(EXECUTE);
            assertThat(dying.dead).as("entry " + entry).isTrue();

            assertThatThrownBy(() -> own.new Life().cutover().resume(true))
                    .hasMessageEndingWith("finish that with iotdb-migrate cutover --abort");
            assertThat(own.new Life().cutover().abort().ending()).isEqualTo(Ending.ABORTED);
            assertThat(own.writable).isTrue();
            assertThat(own.running).isTrue();
        }
    }
}
