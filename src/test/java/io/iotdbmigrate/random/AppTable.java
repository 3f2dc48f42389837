package io.iotdbmigrate.random;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of the application as its statements see it. It knows which rows there may be, not which
 * there are: so its statements follow from the seed alone, whatever MySQL does with them.
 */
final class AppTable {
    /** Rows are changed among the last so many, so that most are there. */
    private static final int RECENT_IDS = 300;

    private static final int SOME_TIMES = 40;
    private static final List<String> TEXTS =
            List.of("''", "'a'", "'A'", "'o''clock'", "'null'", "'温度'", "'grün ✓'", "' x '");

    private final Shape shape;
    private final List<String> extraColumns = new ArrayList<>();
    private int lastId;
    private int extraColumnsSoFar;

    AppTable(Shape shape) {
        this.shape = shape;
    }

    String name() {
        return shape.table();
    }

    /** Those that are not mapped and may go. */
    List<String> extraColumns() {
        return extraColumns;
    }

    String newExtraColumn() {
        String column = "extra" + ++extraColumnsSoFar;
        extraColumns.add(column);
        return column;
    }

    int newId() {
        return ++lastId;
    }

    /** Of a row that is probably there. */
    int knownId(Dice dice) {
        return Math.max(1, lastId - dice.below(RECENT_IDS));
    }

    /** In SQL. */
    String device(Dice dice) {
        return dice.among(shape.devices());
    }

    /** In SQL: near the newest, so that rows meet; seldom an old one. */
    String time(Dice dice) {
        int newest = lastId / shape.rowsPerTime() + SOME_TIMES;
        return shape.timeOf(dice.chance(5) ? dice.below(newest) : earlier(newest, dice));
    }

    private static int earlier(int newest, Dice dice) {
        return Math.max(0, newest - dice.below(SOME_TIMES));
    }

    /** A condition for the rows of a stretch of time, of one device or of all. */
    String stretch(Dice dice, int length) {
        int to = earlier(lastId / shape.rowsPerTime() + SOME_TIMES, dice);
        String times =
                "ts BETWEEN " + shape.timeOf(Math.max(0, to - length)) + " AND " + shape.timeOf(to);
        return dice.chance(60) ? times + " AND dev = " + device(dice) : times;
    }

    /** In SQL, the time of a row moved by a little. */
    String movedTime(int by) {
        return shape.movedTime(by);
    }

    /** In SQL: the values of all mapped columns but the key. */
    private static String values(Dice dice) {
        List<String> values = new ArrayList<>();
        Shape.VALUES.forEach(column -> values.add(value(column, dice)));
        return String.join(", ", values);
    }

    /** In SQL, a value that a column may take, null among them. */
    static String value(String column, Dice dice) {
        if (dice.chance(20)) {
            return "NULL";
        }
        return switch (column) {
            case "n" -> Integer.toString(dice.between(-1_000, 1_000));
            case "big" -> Long.toString((long) dice.between(-9, 9) * 1_000_000_000_007L);
            case "note" -> dice.chance(50) ? dice.among(TEXTS) : "'n" + dice.below(1_000_000) + "'";
            case "at" -> "'2024-02-29 12:00:00." + dice.between(100, 999) + "'";
            case "flag" -> Integer.toString(dice.below(2));
            case "x" -> dice.between(-40, 40) + "." + dice.below(1_000) + "e" + dice.below(3);
            default -> throw new IllegalArgumentException(column);
        };
    }

    /** One column and its new value, or several. */
    static String assignments(Dice dice) {
        List<String> columns = new ArrayList<>(Shape.VALUES);
        List<String> set = new ArrayList<>();
        int count = dice.chance(70) ? 1 : dice.between(2, 4);
        for (int i = 0; i < count; i++) {
            String column = columns.remove(dice.below(columns.size()));
            set.add(column + " = " + value(column, dice));
        }
        return String.join(", ", set);
    }

    /** A new row for {@link #insert}. */
    String row(Dice dice) {
        return row(newId(), dice);
    }

    /** A row for {@link #insert} that is probably there already. */
    String knownRow(Dice dice) {
        return row(knownId(dice), dice);
    }

    private String row(int id, Dice dice) {
        return "(%d, %s, %s, %s)".formatted(id, device(dice), time(dice), values(dice));
    }

    /** The beginning of a statement that writes whole rows. */
    String insert(String verb) {
        return verb
                + " INTO "
                + name()
                + " (id, dev, ts, "
                + String.join(", ", Shape.VALUES)
                + ") VALUES ";
    }
}
