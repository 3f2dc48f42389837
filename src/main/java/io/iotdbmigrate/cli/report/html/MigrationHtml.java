package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.p;

import io.iotdbmigrate.cli.report.html.HtmlTable.Column;
import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.history.MigrationHistory;
import io.iotdbmigrate.run.history.MigrationHistory.Event;
import io.iotdbmigrate.run.history.MigrationHistory.LeftFiles;
import io.iotdbmigrate.run.history.MigrationHistory.SeenCutover;
import io.iotdbmigrate.run.history.MigrationHistory.Verification;
import io.iotdbmigrate.run.state.LastCheck;
import j2html.tags.DomContent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A whole migration as a page. */
public final class MigrationHtml {
    /** Cutovers and rehearsals that are shown in full. */
    private static final int MOST_CUTOVERS = 20;

    private MigrationHtml() {}

    public static String render(MigrationHistory history, Origin origin) {
        HtmlPage page = new HtmlPage("Migration", origin);
        Standing standing = Standing.of(history);
        page.headline(standing.mood(), standing.sentence());
        page.list("not-here", "Not in this report", notHere(history));
        page.list("replication", "Replication", replication(history));
        if (!history.course().isEmpty()) {
            new CourseHtml(history.course()).addTo(page);
        }
        page.section("events-section", "What happened", events(history.events()));
        history.check().ifPresent(check -> check(check, page));
        backfill(history, page);
        verification(history, page);
        for (int i = history.cutovers().size() - 1;
                i >= Math.max(0, history.cutovers().size() - MOST_CUTOVERS);
                i--) {
            cutover(history.cutovers().get(i), "cutover-" + (i + 1) + "-", page);
        }
        files(history.files(), page);
        return page.render(
                "Put together at " + Figures.second(history.readAt()) + ". All times are in UTC.");
    }

    private static List<String> notHere(MigrationHistory history) {
        List<String> missing = new ArrayList<>();
        if (history.check().isEmpty()) {
            missing.add(
                    "check: the state folder "
                            + history.files().folder()
                            + " has none; iotdb-migrate check leaves one there");
        }
        int cutovers = history.cutovers().size() - MOST_CUTOVERS;
        if (cutovers > 0) {
            missing.add(Figures.text(cutovers) + " earlier cutovers and rehearsals in full");
        }
        if (history.course().isEmpty()) {
            missing.add("lag and rates of the replication over time: no job has noted any");
        }
        missing.add(
                "files of other machines: rejected rows and differences are those of "
                        + history.files().folder()
                        + (history.files().there() ? "" : ", and there is no such folder here"));
        return missing;
    }

    private static List<String> replication(MigrationHistory history) {
        if (history.applied().isEmpty()) {
            return List.of("none has begun");
        }
        Applied applied = history.applied().get();
        List<String> known = new ArrayList<>();
        known.add(
                applied.running()
                        ? "a job wrote at "
                                + second(applied.at())
                                + " and has not said that it stopped"
                        : "stopped at " + second(applied.at()));
        if (applied.position() != null) {
            known.add("IoTDB has everything up to " + applied.position());
        }
        known.add(
                Figures.text(applied.rows())
                        + " changed rows applied, "
                        + Figures.text(applied.rejected())
                        + " rejected");
        return known;
    }

    private static DomContent events(List<Event> events) {
        HtmlTable table =
                new HtmlTable(
                        "events", Column.text("at"), Column.text("entry"), Column.text("what"));
        for (Event event : events) {
            table.row(
                    HtmlTable.time(second(event.at())),
                    HtmlTable.text(event.name()),
                    HtmlTable.sentence(event.what()));
        }
        return table.newest().content();
    }

    private static void check(LastCheck check, HtmlPage page) {
        List<DomContent> parts = new ArrayList<>();
        if (check.sampled()) {
            parts.add(p("Its counts are of a sample of each table.").withClass("hint"));
        }
        if (!check.tables().isEmpty()) {
            parts.add(p("Only of " + String.join(", ", check.tables()) + ".").withClass("hint"));
        }
        parts.add(CheckHtml.findings(check.report().findings()));
        if (!check.report().tables().isEmpty()) {
            parts.add(CheckHtml.tables(check.report()));
        }
        page.section(
                "check",
                "Check of "
                        + second(check.at())
                        + ": "
                        + (check.report().exitCode() == ExitCode.DONE ? "ready" : "not ready"),
                parts.toArray(DomContent[]::new));
    }

    private static void backfill(MigrationHistory history, HtmlPage page) {
        if (history.backfills().isEmpty()) {
            return;
        }
        HtmlTable table =
                new HtmlTable(
                        "backfills",
                        Column.text("finished at"),
                        Column.text("table"),
                        Column.number("rows read"),
                        Column.number("points written"),
                        Column.number("collapsed"),
                        Column.number("rejected"),
                        Column.number("empty rows"),
                        Column.number("zero dates"),
                        Column.text("binlog before"));
        for (BackfillJournal.Finished f : history.backfills()) {
            for (BackfillJournal.TableResult t : f.tables()) {
                table.row(
                        HtmlTable.time(second(f.finishedAt())),
                        HtmlTable.text(t.table()),
                        HtmlTable.number(t.rows()),
                        HtmlTable.number(t.points()),
                        HtmlTable.number(t.collapsed()),
                        HtmlTable.number(t.rejected()),
                        HtmlTable.number(t.empty()),
                        HtmlTable.number(t.zeroDates()),
                        HtmlTable.whole(f.position() == null ? "none" : f.position().toString()));
            }
        }
        page.section("backfill", "Backfills", table.newest().content());
    }

    private static void verification(MigrationHistory history, HtmlPage page) {
        if (history.verifications().isEmpty()) {
            return;
        }
        HtmlTable table =
                new HtmlTable(
                        "verifications",
                        Column.text("at"),
                        Column.text("by"),
                        Column.text("all values"),
                        Column.text("table"),
                        Column.number("MySQL rows"),
                        Column.number("IoTDB rows"),
                        Column.number("differences"),
                        Column.text("checksum"));
        for (Verification v : history.verifications()) {
            for (MigrationHistory.Table t : v.tables()) {
                table.row(
                        HtmlTable.time(second(v.at())),
                        HtmlTable.text(v.mode() + repaired(v)),
                        HtmlTable.text(v.complete() ? "yes" : "no"),
                        HtmlTable.text(t.name()),
                        HtmlTable.number(t.mysqlRows()),
                        HtmlTable.number(t.iotdbRows()),
                        HtmlTable.number(t.differences()),
                        HtmlTable.whole(checksums(t)));
            }
        }
        page.section("verification", "Comparisons", table.newest().content());
    }

    private static String repaired(Verification v) {
        return v.isRepaired()
                ? ", then repaired"
                : v.isRepairedInPart() ? ", then repaired in part" : "";
    }

    private static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String[] checksums(MigrationHistory.Table table) {
        return table.mysqlChecksum().equals(table.iotdbChecksum())
                ? new String[] {table.mysqlChecksum()}
                : new String[] {table.mysqlChecksum() + " MySQL", table.iotdbChecksum() + " IoTDB"};
    }

    private static void cutover(SeenCutover seen, String prefix, HtmlPage page) {
        CutoverParts parts = new CutoverParts(seen.state(), seen.at(), prefix);
        List<DomContent> all = new ArrayList<>();
        all.add(parts.facts(Map.of("last heard of", Figures.milli(seen.at()).toString())));
        all.addAll(List.of(parts.steps()));
        if (seen.state().facts().verified() != null) {
            all.addAll(List.of(parts.verified(seen.state().facts().verified())));
        }
        page.section(
                prefix + "section",
                (seen.state().rehearsal() ? "Rehearsal of " : "Cutover of ")
                        + second(seen.state().startedAt())
                        + ": "
                        + word(seen.state().phase()),
                all.toArray(DomContent[]::new));
        page.list(prefix + "remarks", "Its remarks", seen.state().facts().remarks());
    }

    private static String word(Phase phase) {
        return switch (phase) {
            case FORWARD -> "not ended";
            case BACK -> "being undone";
            case SWITCHED -> "switched";
            case UNDONE -> "undone";
        };
    }

    private static void files(LeftFiles files, HtmlPage page) {
        page.list(
                "files",
                "The state folder",
                List.of(
                        files.folder(),
                        lines(files.rejectedRows(), "row", "rejected by backfills"),
                        lines(files.rejectedChanges(), "change", "rejected by replication"),
                        lines(
                                files.differences(),
                                "difference",
                                "of the last comparison that found any")));
        if (!files.firstDifferences().isEmpty()) {
            long differences = files.differences().orElse(0);
            page.section(
                    "differences",
                    differences > files.firstDifferences().size()
                            ? files.firstDifferences().size()
                                    + " of "
                                    + Figures.text(differences)
                                    + " differences, of each kind, and from as many devices as"
                                    + " fit"
                            : "Differences",
                    DifferenceLines.table("first-differences", files.firstDifferences()));
        }
    }

    /** Says how many lines a file has. One that is not here may be elsewhere: that is no zero. */
    private static String lines(OptionalLong lines, String noun, String which) {
        return lines.isEmpty()
                ? "no file of " + noun + "s " + which
                : Figures.count(lines.getAsLong(), noun, noun + "s") + " " + which;
    }
}
