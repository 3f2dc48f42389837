package io.iotdbmigrate.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.cutover.StepState.Status;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.UserException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes well, what is refused, and what the preflight finds. */
class CutoverTest {
    private static final CutoverOptions EXECUTE = new CutoverOptions(false, false);
    private static final CutoverOptions REHEARSE = new CutoverOptions(true, false);

    private final World world = new World();
    private final World.Life life = world.new Life();

    private List<String> problems() throws Exception {
        return life.cutover().plan(EXECUTE).findings().stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR)
                .map(Finding::subject)
                .toList();
    }

    @Test
    void switchesWithAProof() throws Exception {
        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.SWITCHED);
        assertThat(report.ending().exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(world.calls).containsExactly("pause", "checkpoint", "verify", "stop", "switch");
        assertThat(world.writable).isFalse();
        assertThat(world.running).isFalse();
        assertThat(world.applied).isEqualTo(world.position);
        Facts facts = report.state().facts();
        assertThat(facts.position()).isEqualTo(new BinlogPosition("binlog.000001", 100_000, ""));
        assertThat(facts.savepoint()).isEqualTo("file:/savepoint-1");
        assertThat(facts.verified()).isNotNull();
        assertThat(report.toDo()).containsExactly("MySQL stays read_only");
        assertThat(world.notes)
                .contains(
                        "still open after the pause: connection 17 of app from 10.0.0.7:"
                                + " UPDATE ambience");
    }

    @Test
    void mySqlIsAskedWhileReplicationDrains() throws Exception {
        life.cutover().run(EXECUTE);

        assertThat(world.callsBeforeSourceStood).containsExactly("pause");
    }

    @Test
    void theJournalHasEachStepBeforeAndAfter() throws Exception {
        life.cutover().run(EXECUTE);

        for (StepName step : StepName.values()) {
            assertThat(world.journal)
                    .extracting(entry -> entry.step(step).status())
                    .containsSubsequence(Status.BEGUN, Status.DONE);
        }
        assertThat(world.lastEntry().phase()).isEqualTo(Phase.SWITCHED);
        assertThat(world.journal)
                .filteredOn(entry -> !entry.facts().former().isEmpty())
                .first()
                .extracting(entry -> entry.step(StepName.PAUSE).status())
                .isEqualTo(Status.BEGUN);
    }

    @Test
    void aRehearsalLeavesEverythingAsItWas() throws Exception {
        CutoverReport report = life.cutover().run(REHEARSE);

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.REHEARSED);
        assertThat(world.calls)
                .containsExactly(
                        "pause", "checkpoint", "verify", "stop", "resume CDC", "resume writes");
        assertThat(world.writable).isTrue();
        assertThat(world.running).isTrue();
        assertThat(world.switched).isFalse();
        assertThat(report.paused()).isPositive();
        assertThat(report.state().facts().resumedAt()).isNotNull();
        assertThat(world.lastEntry().phase()).isEqualTo(Phase.UNDONE);
    }

    @Test
    void anotherCutoverIsPossibleAfterARehearsal() throws Exception {
        life.cutover().run(REHEARSE);

        assertThat(life.cutover().run(EXECUTE).ending()).isEqualTo(Ending.SWITCHED);
    }

    @Test
    void afterTheSwitchThereIsNothingLeftToDo() throws Exception {
        life.cutover().run(EXECUTE);
        int entries = world.journal.size();

        assertThat(life.cutover().plan(EXECUTE).findings())
                .filteredOn(f -> f.severity() == Finding.Severity.ERROR)
                .singleElement()
                .extracting(Finding::sentence)
                .asString()
                .contains("has switched, and there is nothing left to do");
        assertThatThrownBy(() -> life.cutover().run(EXECUTE))
                .hasMessageContaining("has switched, and there is nothing left to do")
                .hasMessageContaining("have the application write to MySQL");
        assertThat(world.journal).hasSize(entries);
        world.running = true;
        world.writable = true;
        assertThat(life.cutover().run(REHEARSE).ending()).isEqualTo(Ending.REHEARSED);
    }

    @Test
    void theFirstCheckpointIsWaitedFor() throws Exception {
        world.checkpointAge = null;
        world.before(
                "status",
                l -> world.before("status", again -> world.checkpointAge = Duration.ofSeconds(1)));

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.SWITCHED);
    }

    @Test
    void aCheckpointThatDoesNotComeIsNotWaitedForInVain() throws Exception {
        world.checkpointAge = null;

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).isEqualTo(Ending.UNDONE);
        assertThat(report.sentence()).contains("has completed no checkpoint yet");
        assertThat(world.calls).isEmpty();
    }

    @Test
    void thePlanChangesNothing() throws Exception {
        CutoverPlan plan = life.cutover().plan(EXECUTE);

        assertThat(plan.ready()).isTrue();
        assertThat(plan.steps())
                .extracting(CutoverPlan.Planned::step)
                .containsExactlyElementsOf(Arrays.asList(StepName.values()));
        assertThat(world.calls).isEmpty();
        assertThat(world.journal).isEmpty();
    }

    @Test
    void whatIsNotOfAMappedTableMayGoOn() throws Exception {
        world.before("verify", l -> world.otherEvents = 5);

        assertThat(life.cutover().run(EXECUTE).ending()).isEqualTo(Ending.SWITCHED);
    }

    @Test
    void writesThatWereUnderWayMaySettle() throws Exception {
        world.after("pause", l -> world.before("mapped events", again -> world.write()));
        world.before("position", l -> world.before("position", again -> world.write()));

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.SWITCHED);
        assertThat(world.applied).isEqualTo(world.position);
    }

    @Test
    void withoutAHookThePersonSwitches() throws Exception {
        world.cutover = "verify: none";

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.SWITCHED);
        assertThat(world.notes).last().asString().contains("has it been switched?");
        assertThat(world.calls).doesNotContain("verify", "switch");
    }

    @Test
    void nobodyToConfirmMeansNo() throws Exception {
        world.personThere = false;

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).isEqualTo(Ending.UNDONE);
        assertThat(report.sentence()).isEqualTo("nobody is there to confirm; use --yes");
        assertThat(world.calls).isEmpty();
        assertThat(life.cutover().run(new CutoverOptions(false, true)).ending())
                .isEqualTo(Ending.SWITCHED);
    }

    @Test
    void aSecondOneAtTheSameTimeIsRefused() throws Exception {
        world.before(
                "verify",
                l ->
                        assertThatThrownBy(() -> world.new Life().cutover().run(EXECUTE))
                                .isInstanceOf(UserException.class)
                                .hasMessageContaining("another process"));

        assertThat(life.cutover().run(EXECUTE).ending()).isEqualTo(Ending.SWITCHED);
    }

    @Test
    void abortAndResumeNeedSomethingToWorkOn() throws Exception {
        assertThatThrownBy(() -> life.cutover().abort())
                .hasMessage("there is nothing to abort: the journal has no cutover");
        life.cutover().run(REHEARSE);
        assertThatThrownBy(() -> life.cutover().resume(true))
                .hasMessageStartingWith("there is nothing to resume: the rehearsal of ")
                .hasMessageEndingWith("was undone");
    }

    @Test
    void afterTheSwitchNothingIsUndone() throws Exception {
        life.cutover().run(EXECUTE);
        world.calls.clear();

        assertThatThrownBy(() -> life.cutover().abort())
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NEEDS_PERSON))
                .hasMessageContaining("run SET GLOBAL read_only = OFF");
        assertThat(life.cutover().resume(true).ending()).isEqualTo(Ending.SWITCHED);
        assertThat(world.calls).isEmpty();
    }

    @Test
    void theJournalThatFailsAfterTheSwitchIsAPersonsMatter() throws Exception {
        world.after(
                "switch",
                l ->
                        world.before(
                                "journal",
                                again -> {
                                    throw new IllegalStateException("IoTDB is away");
                                }));

        CutoverReport report = life.cutover().run(EXECUTE);

        assertThat(report.ending()).isEqualTo(Ending.NEEDS_PERSON);
        assertThat(report.sentence()).contains("was switched", "IoTDB is away");
        assertThat(world.writable).isFalse();
        assertThat(world.running).isFalse();
        assertThat(world.new Life().cutover().resume(true).ending()).isEqualTo(Ending.SWITCHED);
    }

    @Test
    void theJobMustRunAndBeWell() throws Exception {
        world.running = false;
        assertThat(problems()).containsExactly("CDC job");
        world.running = true;
        world.healthy = false;
        assertThat(problems()).containsExactly("CDC job");
    }

    @Test
    void theLagMustBeSmall() throws Exception {
        world.cutover = "max_lag: 500ms\nhooks: {switch: ./switch.sh}";

        assertThat(problems()).containsExactly("CDC job");
    }

    /** What was rejected once, and is proven to matter no longer, does not stand in the way. */
    @Test
    void rejectedChangesMustBeSettled() throws Exception {
        assertThat(life.cutover().plan(EXECUTE).findings())
                .extracting(Finding::message)
                .contains("cdc has rejected none so far");
        world.rejected = 2;
        assertThat(problems()).containsExactly("rejected rows");
        world.settledRejections = 1;
        assertThat(problems()).containsExactly("rejected rows");
        world.settledRejections = 2;
        assertThat(problems()).isEmpty();
    }

    @Test
    void bothSidesMustHaveBeenEqual() throws Exception {
        world.everVerified = null;
        assertThat(problems()).containsExactly("verify");
        world.everVerified = false;
        assertThat(problems()).containsExactly("verify");
        world.cutover = "verify: none\nhooks: {switch: ./switch.sh}";
        assertThat(problems()).isEmpty();
        world.cutover = "verify: full\nhooks: {switch: ./switch.sh}";
        assertThat(problems()).containsExactly("verify");
        world.everVerified = null;
        assertThat(problems()).isEmpty();
    }

    @Test
    void hooksMustBeThere() throws Exception {
        world.cutover =
                "pause: hook\nhooks: {pause: missing1, resume: ./resume.sh, switch: missing2}";

        assertThat(problems()).containsExactly("cutover.hooks.pause", "cutover.hooks.switch");
    }

    @Test
    void someoneMustSwitch() throws Exception {
        world.cutover = "verify: recent";
        world.personThere = false;

        assertThat(problems()).containsExactly("cutover.hooks.switch");
    }
}
