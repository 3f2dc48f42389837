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
        return lines(Integer.MAX_VALUE);
    }

    /**
     * Returns the titles and the rows. Columns that do not fit follow below, behind the first one
     * again.
     *
     * @param most characters that a line may have
     */
    List<String> lines(int most) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        int from = 1;
        do {
            int to = from;
            int width = widths[0];
            while (to < widths.length
                    && (to == from || width + GAP.length() + widths[to] <= most)) {
                width += GAP.length() + widths[to];
                to++;
            }
            if (from > 1) {
                lines.add("");
            }
            for (List<String> row : rows) {
                lines.add(line(row, widths, from, to));
            }
            from = to;
        } while (from < widths.length);
        return lines;
    }

    /** Returns the first cell of a row, and others of it. */
    private String line(List<String> row, int[] widths, int from, int to) {
        StringBuilder line = new StringBuilder(cell(row, widths, 0));
        for (int i = from; i < to; i++) {
            line.append(GAP).append(cell(row, widths, i));
        }
        return line.toString().stripTrailing();
    }

    private String cell(List<String> row, int[] widths, int i) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        return columns.get(i).number() ? padding + row.get(i) : row.get(i) + padding;
    }

    /**
     * Returns the titles and the rows; if they are too wide, a line for each cell that has
     * something in it.
     *
     * @param most characters that a line may have
     */
    List<String> records(int most) {
        List<String> wide = lines();
        if (wide.stream().mapToInt(String::length).max().orElse(0) <= most) {
            return wide;
        }
        int width = columns.stream().mapToInt(c -> c.title().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            for (int i = 0; i < row.size(); i++) {
                if (!row.get(i).isEmpty()) {
                    String title = columns.get(i).title();
                    lines.add(
                            (i == 0 ? "" : GAP)
                                    + title
                                    + " ".repeat(width - title.length() + (i == 0 ? 4 : 2))
                                    + row.get(i));
                }
            }
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
