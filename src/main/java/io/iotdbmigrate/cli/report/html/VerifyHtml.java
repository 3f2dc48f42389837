package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;

import io.iotdbmigrate.cli.report.Figure;
import io.iotdbmigrate.cli.report.VerifyText;
import io.iotdbmigrate.cli.report.html.HtmlPage.Mood;
import io.iotdbmigrate.cli.report.html.HtmlTable.Column;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import io.iotdbmigrate.verify.DifferenceMap;
import io.iotdbmigrate.verify.ValueText;
import io.iotdbmigrate.verify.VerifyReport;
import j2html.tags.DomContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a comparison came to, as a page. */
public final class VerifyHtml {
    /** Cells of all maps together; each is some 300 bytes. */
    private static final int MOST_CELLS = 3_000;

    private static final List<String> ALL =
            List.of("nothing: every row and every value of the mapped tables was compared");

    private VerifyHtml() {}

    /**
     * @param command this one, without any repair
     */
    public static String render(VerifyReport report, Origin origin, String command) {
        HtmlPage page = new HtmlPage("Comparison", origin);
        page.headline(report.equal() ? Mood.GOOD : Mood.BAD, headline(report));
        page.list(
                "not-compared",
                "Not compared",
                report.notCompared().isEmpty() ? ALL : report.notCompared());
        page.list("notes", "To know", notes(report));
        page.section("tables", "Tables", tables(report), checksums(report));
        if (report.count() > 0) {
            page.section("map", "Where rows differ", maps(report));
            page.section("devices", "Devices with the most differences", devices(report));
            differences(report, page);
            page.list("next", "Next", VerifyText.next(report, command));
        }
        return page.render(
                "Begun at "
                        + Figures.second(report.startedAt())
                        + ", ended at "
                        + Figures.second(report.finishedAt())
                        + ". Of that, reading and comparing took "
                        + Figures.seconds(report.duration())
                        + ". All times are in UTC.");
    }

    private static String headline(VerifyReport report) {
        String found = VerifyText.headline(report);
        if (report.count() > 0 && report.equal()) {
            return "equal after a repair; before it " + found;
        }
        return repaired(report) ? "not equal after a repair; before it " + found : found;
    }

    private static boolean repaired(VerifyReport report) {
        return report.repair() != null && report.repair().after() != null;
    }

    private static List<String> notes(VerifyReport report) {
        List<String> notes = new ArrayList<>(report.notes());
        if (repaired(report)) {
            notes.add(
                    0,
                    "the figures, maps and differences below are from before the repair; what it"
                            + " did is under Next");
        }
        notes.addAll(VerifyText.explain(report));
        return notes;
    }

    private static DomContent tables(VerifyReport report) {
        List<Figure<VerifyReport.Table>> figures = new ArrayList<>(VerifyText.FIGURES);
        figures.add(new Figure<>("kept", VerifyReport.Table::kept));
        return HtmlTable.of(
                "table-counts", figures, VerifyReport.Table::name, mostDifferentFirst(report));
    }

    /** Returns the tables; if they are too many to be shown, those with differences first. */
    private static List<VerifyReport.Table> mostDifferentFirst(VerifyReport report) {
        return report.tables().size() <= HtmlTable.MOST_ROWS
                ? report.tables()
                : report.tables().stream()
                        .sorted(
                                Comparator.comparingLong(VerifyReport.Table::differences)
                                        .reversed())
                        .toList();
    }

    private static DomContent checksums(VerifyReport report) {
        HtmlTable table =
                new HtmlTable(
                        "checksums",
                        Column.text("checksum of"),
                        Column.text("MySQL"),
                        Column.text("IoTDB"),
                        Column.text("the same"));
        for (VerifyReport.Table t : mostDifferentFirst(report)) {
            boolean same = t.mysqlChecksum().equals(t.iotdbChecksum());
            table.row(
                    HtmlTable.text(t.name()),
                    HtmlTable.whole(t.mysqlChecksum()),
                    HtmlTable.whole(t.iotdbChecksum()),
                    HtmlTable.text(
                            same
                                    ? "yes"
                                    : t.differences() > 0
                                            ? "no"
                                            : "no: " + apart(t, report.positions())));
        }
        return table.content();
    }

    /** Says why the checksums of equal sides are two. */
    private static String apart(VerifyReport.Table t, VerifyReport.Positions positions) {
        if (t.collapsed() > 0) {
            return Figures.text(t.collapsed()) + " of MySQL's rows gave way to others";
        }
        if (t.kept() > 0) {
            return Figures.text(t.kept()) + " of IoTDB's rows are kept history";
        }
        return positions.equalAt() == null
                ? "MySQL's has rows that IoTDB does not keep"
                : "rows changed while both sides were read; read again, they were equal";
    }

    private static DomContent[] maps(VerifyReport report) {
        List<DomContent> parts = new ArrayList<>();
        parts.add(
                p("Each row is a device, or a device and so many more whose names follow; each"
                                + " column is a span of time. A cell has three bands: rows that IoTDB lacks,"
                                + " rows with other values, rows that only IoTDB has. The fuller the colour,"
                                + " the more rows.")
                        .withClass("hint"));
        List<DifferenceMap> fitting = fitting(report.maps());
        for (int i = 0; i < fitting.size(); i++) {
            parts.add(h3(fitting.get(i).table()));
            parts.add(new HeatMap(fitting.get(i)).content("map-" + (i + 1)));
        }
        int more = report.maps().size() - fitting.size();
        if (more > 0) {
            parts.add(
                    p(Figures.text(more) + " more tables have differences and no map here.")
                            .withClass("hint"));
        }
        return parts.toArray(DomContent[]::new);
    }

    /** Returns the maps; if they are too many for a page, those of the most differences. */
    private static List<DifferenceMap> fitting(List<DifferenceMap> maps) {
        if (maps.stream().mapToInt(VerifyHtml::cells).sum() <= MOST_CELLS) {
            return maps;
        }
        List<DifferenceMap> fitting = new ArrayList<>();
        int cells = 0;
        for (DifferenceMap map :
                maps.stream().sorted(Comparator.comparingLong(map -> -rows(map))).toList()) {
            cells += cells(map);
            if (cells > MOST_CELLS) {
                break;
            }
            fitting.add(map);
        }
        return fitting;
    }

    private static int cells(DifferenceMap map) {
        return map.rows().stream().mapToInt(row -> row.cells().size() + 1).sum();
    }

    private static long rows(DifferenceMap map) {
        return map.rows().stream()
                .flatMap(row -> row.cells().stream())
                .mapToLong(DifferenceMap.Cell::count)
                .sum();
    }

    private static DomContent devices(VerifyReport report) {
        HtmlTable table =
                new HtmlTable(
                        "device-counts",
                        Column.text("table"),
                        Column.text("device"),
                        Column.number("rows"),
                        Column.text("from"),
                        Column.text("to"));
        for (VerifyReport.Table t : mostDifferentFirst(report)) {
            for (VerifyReport.Device d : t.devices()) {
                table.row(
                        HtmlTable.text(t.name()),
                        HtmlTable.code(d.path()),
                        HtmlTable.number(d.differences()),
                        HtmlTable.time(d.from()),
                        HtmlTable.time(d.to()));
            }
        }
        return table.content();
    }

    private static void differences(VerifyReport report, HtmlPage page) {
        if (report.differences().isEmpty()) {
            return;
        }
        HtmlTable table =
                new HtmlTable(
                        "first-differences",
                        Column.text("difference"),
                        Column.text("device"),
                        Column.number("time"),
                        Column.text("in UTC"),
                        Column.text("column"),
                        Column.text("MySQL"),
                        Column.text("IoTDB"));
        Optional<TimePrecision> precision =
                report.maps().stream().findFirst().map(DifferenceMap::precision);
        for (Difference d : report.differences()) {
            Instant at = precision.map(p -> p.instant(d.key().time())).orElse(null);
            for (Cell cell : d.cells()) {
                table.row(
                        HtmlTable.text(d.kind()),
                        HtmlTable.code(d.key().device()),
                        HtmlTable.number(d.key().time()),
                        HtmlTable.time(at),
                        HtmlTable.code(cell.column()),
                        HtmlTable.value(value(cell.mysql(), cell.iotdb())),
                        HtmlTable.value(value(cell.iotdb(), cell.mysql())));
            }
        }
        int shown = report.differences().size();
        page.section(
                "differences",
                report.count() > shown
                        ? shown
                                + " of "
                                + Figures.text(report.count())
                                + ", of each kind, and from as many devices as fit"
                        : "All differences",
                table.content());
    }

    private static String value(@Nullable Value value, @Nullable Value other) {
        if (value == null) {
            return "-";
        }
        String text = ValueText.of(value);
        return other != null && other.type() != value.type() ? value.type() + " " + text : text;
    }
}
