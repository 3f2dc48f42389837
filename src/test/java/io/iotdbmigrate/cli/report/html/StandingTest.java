package io.iotdbmigrate.cli.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cli.report.html.HtmlPage.Mood;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.run.history.MigrationHistory;
import io.iotdbmigrate.run.history.MigrationHistory.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Before the switch; {@code ReportCommandTest} has the end. */
class StandingTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final String EQUAL =
            "not switched; equal when all values were compared, at 2026-11-22T10:00:00Z";

    private static Standing standing(boolean equal, long backfillSeconds, long applied) {
        MigrationHistory whole = RunScenes.history();
        return Standing.of(
                new MigrationHistory(
                        List.of(),
                        List.of(
                                new BackfillJournal.Finished(
                                        "r1",
                                        AT.minusSeconds(900),
                                        AT.plusSeconds(backfillSeconds),
                                        List.of(),
                                        null,
                                        Map.of(),
                                        Map.of(),
                                        null)),
                        List.of(
                                new Verification(
                                        AT,
                                        "checksums",
                                        equal,
                                        true,
                                        equal ? 0 : 12,
                                        "binlog.000007:4000",
                                        List.of())),
                        List.of(),
                        Optional.of(
                                new Applied(
                                        new ChangePosition("binlog.000007", 4, applied, 0, 0),
                                        7,
                                        0,
                                        AT,
                                        true,
                                        null)),
                        List.of(),
                        whole.files(),
                        AT.plusSeconds(3_600)));
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
}
