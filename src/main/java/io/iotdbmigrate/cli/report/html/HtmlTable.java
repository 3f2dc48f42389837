package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import io.iotdbmigrate.cli.report.Figure;
import io.iotdbmigrate.model.Finding.Severity;
import j2html.tags.DomContent;
import j2html.tags.specialized.TdTag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table that a person can sort by each column, where scripts run. Of very many rows it shows some
 * and says so: a page is to stay small.
 */
final class HtmlTable {
    /** Rows that are shown. */
    static final int MOST_ROWS = 500;

    /** Characters of a value that are shown. */
    private static final int LONGEST_VALUE = 400;

    private final String id;
    private final List<Column> columns;
    private final List<List<TdTag>> rows = new ArrayList<>();
    private boolean newest;

    /** A column's title, and whether it holds numbers. */
    record Column(String title, boolean number) {
        static Column text(String title) {
            return new Column(title, false);
        }

        static Column number(String title) {
            return new Column(title, true);
        }
    }

    /**
     * @param id that scripts find it by
     */
    HtmlTable(String id, Column... columns) {
        this.id = id;
        this.columns = List.of(columns);
    }

    /**
     * Returns a table of a report's tables.
     *
     * @param name of a table
     */
    static <T> DomContent of(
            String id, List<Figure<T>> figures, Function<T, String> name, List<T> tables) {
        HtmlTable html =
                new HtmlTable(
                        id,
                        Stream.concat(
                                        Stream.of(Column.text("table")),
                                        figures.stream().map(f -> Column.number(f.title())))
                                .toArray(Column[]::new));
        for (T one : tables) {
            html.row(
                    Stream.concat(
                                    Stream.of(text(name.apply(one))),
                                    figures.stream().map(f -> number(f.value().applyAsLong(one))))
                            .toArray(TdTag[]::new));
        }
        return html.content();
    }

    static TdTag number(long value) {
        return td(Figures.number(value)).withClass("num");
    }

    static TdTag text(String value) {
        return td().with(Words.of(value));
    }

    /** Returns a cell that a phone, too, gives room for some words a line. */
    static TdTag sentence(String value) {
        return td().with(Words.of(value)).withClass("sentence");
    }

    /** Returns a cell with a time, null for none. */
    static TdTag time(@Nullable Instant at) {
        return td(at == null ? "" : at.toString()).withClass("time");
    }

    /** Returns a cell with a day. */
    static TdTag day(String day) {
        return td(day).withClass("time");
    }

    /** Returns a cell with the words of a machine. */
    static TdTag code(String value) {
        return td(span(visible(value)).withClass("code"));
    }

    /** Returns a cell with words of a machine that no line break parts, one a line. */
    static TdTag whole(String... values) {
        return td(each(List.of(values), v -> div(visible(v)).withClass("code whole")));
    }

    /** Returns a text whose control characters are seen, as escapes of Java. */
    private static String visible(String value) {
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\n' -> seen.append("\\n");
                case '\r' -> seen.append("\\r");
                case '\t' -> seen.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        seen.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        seen.append(c);
                    }
                }
            }
        }
        return seen.toString();
    }

    /** Returns a cell with a value of any length. */
    static TdTag value(String value) {
        String seen = visible(value.substring(0, Math.min(value.length(), LONGEST_VALUE + 1)));
        return code(
                seen.length() > LONGEST_VALUE ? seen.substring(0, LONGEST_VALUE) + "..." : seen);
    }

    static TdTag severity(Severity severity) {
        String word = severity.name().toLowerCase(Locale.ROOT);
        return td(span(word).withClass(word));
    }

    HtmlTable row(TdTag... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells in " + columns.size());
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Shows the last of very many rows, not the first. */
    HtmlTable newest() {
        newest = true;
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    DomContent content() {
        int more = rows.size() - MOST_ROWS;
        if (more <= 0) {
            return content(rows);
        }
        String left = Figures.text(more) + (newest ? " older" : " more") + " rows are left out.";
        return div(
                content(newest ? rows.subList(more, rows.size()) : rows.subList(0, MOST_ROWS)),
                p(left).withClass("hint"));
    }

    private DomContent content(List<List<TdTag>> shown) {
        return div(table(
                                thead(
                                        tr(
                                                each(
                                                        columns,
                                                        c ->
                                                                th(c.title())
                                                                        .attr("scope", "col")
                                                                        .withCondClass(
                                                                                c.number(),
                                                                                "num")))),
                                tbody(each(shown, r -> tr().with(r))))
                        .withId(id)
                        .withClass("sortable"))
                .withClass("wide");
    }
}
