package io.iotdbmigrate.run.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.StepState;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CutoverEntries;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.NameJournal;
import io.iotdbmigrate.journal.PartitionJournal;
import io.iotdbmigrate.journal.PositionJson;
import io.iotdbmigrate.journal.VerifyJournal;
import io.iotdbmigrate.mapping.names.NameChange;
import io.iotdbmigrate.run.history.MigrationHistory.Event;
import io.iotdbmigrate.run.history.MigrationHistory.Table;
import io.iotdbmigrate.run.history.MigrationHistory.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The entries of the journal in words, also those that later versions write. */
final class JournalSentences {
    /** Characters of a cutover's id that tell it from others. */
    private static final int ID = 8;

    private JournalSentences() {}

    static Event event(Journal.Entry entry) {
        return new Event(
                entry.at(),
                name(entry),
                what(entry),
                VerifyJournal.voids(entry) ? Optional.of(voiding(entry)) : Optional.empty());
    }

    /**
     * Says it of a repair that began.
     *
     * @param ended whether the journal knows its end
     */
    static Event repair(Journal.Entry begun, boolean ended) {
        return new Event(
                begun.at(),
                name(begun),
                ended
                        ? "it ended, as the comparison says that follows"
                        : "it has not ended as far as is known: rows may be mended in part; run"
                                + " verify --repair again",
                ended ? Optional.empty() : Optional.of("a repair began that has not ended"));
    }

    /** Says what an entry did that makes comparisons before it void. */
    private static String voiding(Journal.Entry entry) {
        if (CdcJournal.isReplay(entry)) {
            return "replication began";
        }
        return BackfillJournal.isErasing(entry) ? "a backfill erased rows" : "a backfill began";
    }

    /** Returns what an entry is called; of a later version's, its words. */
    private static String name(Journal.Entry entry) {
        return CdcJournal.isReplay(entry) ? "replication began" : entry.event().replace('_', ' ');
    }

    private static String what(Journal.Entry entry) {
        if (CdcJournal.isReplay(entry)) {
            return "from here on it applies changes, also those that IoTDB may have already";
        }
        Optional<BackfillJournal.Finished> backfill = BackfillJournal.finished(entry);
        if (backfill.isPresent()) {
            long rows =
                    backfill.get().tables().stream()
                            .mapToLong(BackfillJournal.TableResult::rows)
                            .sum();
            return String.format(Locale.ROOT, "%,d rows copied", rows);
        }
        Optional<Verification> verified = verified(entry);
        if (verified.isPresent()) {
            return sentence(verified.get());
        }
        Optional<CutoverState> cutover = CutoverEntries.of(entry);
        if (cutover.isPresent()) {
            return sentence(cutover.get());
        }
        if (PartitionJournal.isOne(entry)) {
            return entry.fields().path("statement").asText();
        }
        List<NameChange> names = NameJournal.changed(entry);
        if (!names.isEmpty()) {
            return names.stream().map(NameChange::toString).collect(Collectors.joining("; "));
        }
        List<String> tables = BackfillJournal.names(entry.fields());
        return tables.isEmpty() ? "" : String.join(", ", tables);
    }

    private static String sentence(Verification v) {
        String unit = v.mode().equals("counts") ? "devices" : "rows";
        String found =
                v.differences() == 1
                        ? "1 " + unit.substring(0, unit.length() - 1) + " differs"
                        : String.format(Locale.ROOT, "%,d %s differ", v.differences(), unit);
        String result = v.isRepaired() ? found + ", then repaired" : v.equal() ? "equal" : found;
        return (v.isRepairedInPart() ? found + ", then " + v.mending() : result)
                + ", by "
                + v.mode()
                + (v.complete() ? "" : ", not all values");
    }

    private static String sentence(CutoverState state) {
        String begun = "";
        String undoing = "";
        for (StepState step : state.steps()) {
            begun = step.startedAt() == null ? begun : ", " + step.name().label();
            undoing =
                    step.status() == StepState.Status.UNDOING
                            ? ", undoing: " + step.name().label()
                            : undoing;
        }
        return (state.rehearsal() ? "rehearsal " : "cutover ")
                + state.id().substring(0, Math.min(ID, state.id().length()))
                + ": "
                + switch (state.phase()) {
                    case FORWARD -> "goes on" + begun;
                    case BACK -> "goes back" + undoing;
                    case SWITCHED -> "switched";
                    case UNDONE -> "undone";
                };
    }

    /** Returns the comparison that an entry is about. */
    static Optional<Verification> verified(Journal.Entry entry) {
        if (!VerifyJournal.isOne(entry)) {
            return Optional.empty();
        }
        JsonNode fields = entry.fields();
        boolean counts = fields.has("differing_devices");
        List<Table> tables = new ArrayList<>();
        for (JsonNode t : fields.path("tables")) {
            tables.add(
                    new Table(
                            t.path("table").asText(),
                            t.path("mysql_rows").asLong(),
                            t.path("iotdb_rows").asLong(),
                            t.path(counts ? "differing_devices" : "differences").asLong(),
                            t.path("mysql_checksum").asText(),
                            t.path("iotdb_checksum").asText()));
        }
        JsonNode position = fields.path("position");
        return Optional.of(
                new Verification(
                        entry.at(),
                        fields.path("mode").asText(),
                        fields.path("equal").asBoolean(),
                        fields.path("complete").asBoolean(),
                        fields.path(counts ? "differing_devices" : "differences").asLong(),
                        position.isObject() ? PositionJson.read(position) : null,
                        mending(fields.path("repair")),
                        tables));
    }

    private static String mending(JsonNode repair) {
        if (!repair.isObject()) {
            return "";
        }
        String written = "a repair wrote " + count(repair.path("rows_to_write").asLong(), "row");
        long rows = repair.path("rows_to_delete").asLong();
        long points = repair.path("points_to_delete").asLong();
        String deletions = rows > 0 ? count(rows, "row") : count(points, "value");
        String done =
                points == 0
                        ? written
                        : repair.path("execution").asText().equals("done")
                                ? written + " and deleted " + deletions
                                : written
                                        + " and left "
                                        + deletions
                                        + " that MySQL does not have, for want of --delete-extra";
        long changing = repair.path("left").asLong();
        long different = repair.path("still_different").asLong();
        return done
                + (changing > 0
                        ? "; it left " + count(changing, "row") + " that MySQL was changing"
                        : "")
                + (different > 0 && repair.path("execution").asText().equals("done")
                        ? "; " + count(different, "row") + " of it differed still"
                        : "");
    }

    private static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
