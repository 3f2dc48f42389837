package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.cli.report.html.HtmlPage.Mood;
import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.run.history.MigrationHistory;
import io.iotdbmigrate.run.history.MigrationHistory.Event;
import io.iotdbmigrate.run.history.MigrationHistory.SeenCutover;
import io.iotdbmigrate.run.history.MigrationHistory.Verification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a migration is, in a sentence; what came last counts.
 *
 * @param sentence without an end
 */
record Standing(Mood mood, String sentence) {

    static Standing of(MigrationHistory history) {
        List<SeenCutover> switches =
                history.cutovers().stream().filter(c -> !c.state().rehearsal()).toList();
        if (!switches.isEmpty()) {
            SeenCutover last = switches.get(switches.size() - 1);
            Phase phase = last.state().phase();
            if (phase == Phase.SWITCHED) {
                return new Standing(Mood.GOOD, "switched to IoTDB at " + second(last.at()));
            }
            if (!phase.ended()) {
                return new Standing(Mood.BAD, "a cutover has begun and not ended; see below");
            }
            Optional<Instant> before = standingSwitch(switches, history);
            if (before.isPresent()) {
                return new Standing(
                        Mood.ATTENTION,
                        "switched to IoTDB at "
                                + second(before.get())
                                + "; a cutover that was begun later was undone, at "
                                + second(last.at()));
            }
        }
        List<Verification> compared =
                history.verifications().stream().filter(Verification::complete).toList();
        return compared.isEmpty()
                ? new Standing(Mood.ATTENTION, uncompared(history))
                : of(compared.get(compared.size() - 1), history);
    }

    /** Returns when the last switch was, unless the migration went on or began anew since. */
    private static Optional<Instant> standingSwitch(
            List<SeenCutover> switches, MigrationHistory history) {
        return switches.stream()
                .filter(c -> c.state().phase() == Phase.SWITCHED)
                .map(SeenCutover::at)
                .reduce((earlier, later) -> later)
                .filter(at -> history.applied().filter(a -> a.at().isAfter(at)).isEmpty())
                .filter(at -> voiding(at, history).isEmpty());
    }

    private static String uncompared(MigrationHistory history) {
        List<BackfillJournal.Finished> backfills = history.backfills();
        if (backfills.isEmpty()) {
            return "begun; no backfill has finished";
        }
        List<String> since = new ArrayList<>();
        voiding(backfills.get(backfills.size() - 1).finishedAt(), history)
                .forEach((what, at) -> since.add(what + ", at " + second(at)));
        return with("copied; not all values were compared", since);
    }

    private static Standing of(Verification last, MigrationHistory history) {
        String result =
                (last.equal()
                                ? "not switched; equal when all values were compared, at "
                                : "not switched; "
                                        + Figures.text(last.differences())
                                        + " rows differed when all values were compared, at ")
                        + second(last.at())
                        + (last.isRepairedInPart() ? "; then " + last.mending() : "");
        List<String> since = since(last, history);
        Mood equal = since.isEmpty() ? Mood.GOOD : Mood.ATTENTION;
        return new Standing(last.equal() ? equal : Mood.BAD, with(result, since));
    }

    private static String with(String result, List<String> since) {
        return since.isEmpty() ? result : result + "; since then " + String.join(", and ", since);
    }

    /** Says what has written since a comparison, so that it tells nothing of that. */
    private static List<String> since(Verification last, MigrationHistory history) {
        List<String> since = new ArrayList<>();
        Optional<Instant> wrote =
                history.backfills().stream()
                        .map(BackfillJournal.Finished::finishedAt)
                        .filter(at -> at.isAfter(last.at()))
                        .reduce((one, later) -> later);
        wrote.ifPresent(at -> since.add("a backfill wrote, until " + second(at)));
        voiding(wrote.orElse(last.at()), history)
                .forEach((what, at) -> since.add(what + ", at " + second(at)));
        history.applied()
                .filter(a -> isBehind(a, last))
                .ifPresent(a -> since.add("changes were applied, up to " + a.position()));
        return since;
    }

    /** Finds what makes comparisons void from a time on, and when it happened last. */
    private static Map<String, Instant> voiding(Instant from, MigrationHistory history) {
        Map<String, Instant> found = new LinkedHashMap<>();
        for (Event event : history.events()) {
            if (event.at().isAfter(from)) {
                event.voids().ifPresent(what -> found.put(what, event.at()));
            }
        }
        return found;
    }

    /**
     * Tells whether changes were applied that a comparison has not seen. Of another server's
     * binlog, all count.
     */
    private static boolean isBehind(Applied applied, Verification last) {
        ChangePosition position = applied.position();
        BinlogPosition seen = last.position();
        if (position == null || seen == null || applied.rows() == 0) {
            return false;
        }
        String server = seen.server();
        boolean isComparable = server == null || applied.positionOn(server).isPresent();
        return !isComparable || !position.isBefore(seen.file(), seen.offset());
    }

    private static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
