package io.iotdbmigrate.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Aligned columns of text. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A column's title, and whether it holds numbers, which are aligned to the right. */
    record Column(String title, boolean number) {
        static Column text(String title) {
            return new Column(title, false);
        }

        static Column number(String title) {
            return new Column(title, true);
        }
    }

    TextTable(Column... columns) {
        this.columns = List.of(columns);
        rows.add(this.columns.stream().map(Column::title).toList());
    }

    /** Makes one with a column for the table's name, and one for each figure. */
    static <T> TextTable of(List<Figure<T>> figures) {
        return new TextTable(
                Stream.concat(
                                Stream.of(Column.text("table")),
                                figures.stream().map(f -> Column.number(f.title())))
                        .toArray(Column[]::new));
    }

    /** Adds a row with the figures of a table. */
    <T> void row(String name, List<Figure<T>> figures, T table) {
        row(
                Stream.concat(
                                Stream.of(name),
                                figures.stream()
                                        .map(f -> f.value().applyAsLong(table))
                                        .map(value -> String.format(Locale.ROOT, "%,d", value)))
                        .toArray(String[]::new));
    }

    void row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells in " + columns.size());
        }
        rows.add(List.of(cells));
    }

    /** Returns the titles and the rows, without blanks at the end of a line. */
    List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : GAP)
                        .append(
                                columns.get(i).number()
                                        ? padding + row.get(i)
                                        : row.get(i) + padding);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }
}
