package io.iotdbmigrate.cli.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cli.report.html.HtmlPage.Mood;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.run.history.MigrationHistory;
import io.iotdbmigrate.run.history.MigrationHistory.Event;
import io.iotdbmigrate.run.history.MigrationHistory.SeenCutover;
import io.iotdbmigrate.run.history.MigrationHistory.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Before and after the switch; {@code ReportCommandTest} has a switch that came last. */
class StandingTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final String EQUAL =
            "not switched; equal when all values were compared, at 2026-11-22T10:00:00Z";

    private static Standing standing(boolean equal, long backfillSeconds, long applied) {
        return standing(equal, backfillSeconds, applied, "s1", List.of());
    }

    private static Standing standing(
            boolean equal, long backfillSeconds, long applied, String server, List<Event> events) {
        return standing(equal, backfillSeconds, applied, server, events, "");
    }

    private static Standing standing(
            boolean equal,
            long backfillSeconds,
            long applied,
            String server,
            List<Event> events,
            String mending) {
        return Standing.of(
                history(
                        List.of(
                                new Verification(
                                        AT,
                                        "checksums",
                                        equal,
                                        true,
                                        equal ? 0 : 12,
                                        new BinlogPosition("binlog.000007", 4000, "", "s1"),
                                        mending,
                                        List.of())),
                        backfillSeconds,
                        applied,
                        server,
                        events));
    }

    private static MigrationHistory history(
            List<Verification> verifications,
            long backfillSeconds,
            long applied,
            String server,
            List<Event> events) {
        return new MigrationHistory(
                events,
                List.of(
                        new BackfillJournal.Finished(
                                "r1",
                                AT.minusSeconds(900),
                                AT.plusSeconds(backfillSeconds),
                                List.of(),
                                null,
                                Map.of(),
                                Map.of(),
                                null,
                                null,
                                null)),
                verifications,
                List.of(),
                Optional.of(
                        new Applied(
                                new ChangePosition("binlog.000007", 4, applied, 0, 0),
                                7,
                                0,
                                AT,
                                true,
                                server)),
                List.of(),
                Optional.empty(),
                RunScenes.history().files(),
                AT.plusSeconds(3_600));
    }

    @Test
    void aComparisonOfAllThatWasWrittenIsTheLastWord() {
        assertThat(standing(true, -60, 3_999)).isEqualTo(new Standing(Mood.GOOD, EQUAL));
    }

    @Test
    void whatWasWrittenSinceIsSaid() {
        assertThat(standing(true, -60, 4_000))
                .isEqualTo(
                        new Standing(
                                Mood.ATTENTION,
                                EQUAL
                                        + "; since then changes were applied, up to"
                                        + " binlog.000007:4000"));
        assertThat(standing(false, 60, 5_000))
                .isEqualTo(
                        new Standing(
                                Mood.BAD,
                                "not switched; 12 rows differed when all values were compared, at"
                                        + " 2026-11-22T10:00:00Z; since then a backfill wrote,"
                                        + " until 2026-11-22T10:01:00Z, and changes were applied,"
                                        + " up to binlog.000007:5000"));
    }

    /** IoTDB may have nothing of it then. */
    @Test
    void aBackfillThatBeganAnewIsSaidWithoutAComparison() {
        List<Event> events =
                List.of(event(-90, "a backfill began"), event(10, "a backfill erased rows"));
        MigrationHistory copied = history(List.of(), -60, 0, "s1", events);
        assertThat(Standing.of(copied))
                .isEqualTo(
                        new Standing(
                                Mood.ATTENTION,
                                "copied; not all values were compared; since then a backfill"
                                        + " erased rows, at 2026-11-22T10:00:10Z"));
    }

    /** Its numbers are of before the repair. */
    @Test
    void aRepairThatLeftDifferencesIsSaid() {
        assertThat(standing(false, -60, 3_999, "s1", List.of(), "a repair wrote 9 rows"))
                .isEqualTo(
                        new Standing(
                                Mood.BAD,
                                "not switched; 12 rows differed when all values were compared, at"
                                        + " 2026-11-22T10:00:00Z; then a repair wrote 9 rows"));
    }

    private static Event event(long second, String voids) {
        return new Event(AT.plusSeconds(second), "entry", "", Optional.of(voids));
    }

    @Test
    void whatMakesTheComparisonVoidIsSaid() {
        assertThat(
                        standing(
                                true,
                                -60,
                                3_999,
                                "s1",
                                List.of(
                                        event(-90, "a backfill began"),
                                        event(10, "a backfill erased rows"),
                                        event(11, "a backfill began"),
                                        event(20, "a backfill began"))))
                .isEqualTo(
                        new Standing(
                                Mood.ATTENTION,
                                EQUAL
                                        + "; since then a backfill erased rows, at"
                                        + " 2026-11-22T10:00:10Z, and a backfill began, at"
                                        + " 2026-11-22T10:00:20Z"));
    }

    /** What a backfill erased is of no interest once it has written. */
    @Test
    void whatFollowsOnAFinishedBackfillIsSaid() {
        assertThat(
                        standing(
                                true,
                                60,
                                3_999,
                                "s1",
                                List.of(
                                        event(10, "a backfill erased rows"),
                                        event(90, "replication began"))))
                .isEqualTo(
                        new Standing(
                                Mood.ATTENTION,
                                EQUAL
                                        + "; since then a backfill wrote, until"
                                        + " 2026-11-22T10:01:00Z, and replication began, at"
                                        + " 2026-11-22T10:01:30Z"));
    }

    @Test
    void changesOfAnotherServersBinlogCount() {
        assertThat(standing(true, -60, 3_999, "s2", List.of()).mood()).isEqualTo(Mood.ATTENTION);
    }

    @Test
    void aCutoverThatWasUndoneDoesNotUndoAnEarlierSwitch() {
        assertThat(Standing.of(triedAgain(RunScenes.history(), List.of())))
                .isEqualTo(
                        new Standing(
                                Mood.ATTENTION,
                                "switched to IoTDB at 2026-11-22T10:16:10Z; a cutover that was"
                                        + " begun later was undone, at 2026-11-22T11:15:30Z"));
        Event anew =
                new Event(
                        RunScenes.AT.plusSeconds(600),
                        "backfill started",
                        "ambience",
                        Optional.of("a backfill began"));
        assertThat(Standing.of(triedAgain(RunScenes.history(), List.of(anew))).sentence())
                .startsWith("not switched; ");
    }

    private static MigrationHistory triedAgain(MigrationHistory one, List<Event> since) {
        return new MigrationHistory(
                since,
                one.backfills(),
                one.verifications(),
                List.of(
                        one.cutovers().get(0),
                        new SeenCutover(
                                CutoverScenes.undone().state(), RunScenes.AT.plusSeconds(3_600))),
                one.applied(),
                one.course(),
                one.check(),
                one.files(),
                one.readAt());
    }
}
