package io.iotdbmigrate.cli.terminal;

import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.BackfillProgress.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far the tables of a backfill are: rows, percent, rows/s, time left. They are copied one after
 * the other. One instance is for one of the two forms, for each call is a sample of the speed.
 */
public final class ProgressLines {
    /** MySQL's row count is an estimate, so only the end is 100%. */
    private static final double MOST_PERCENT = 99.9;

    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3600;
    private static final double LONGEST_ETA = 100.0 * 24 * SECONDS_PER_HOUR;

    /** A table that stands still for longer says so. */
    private static final long CALM_SECONDS = 30;

    private static final double NANOS_PER_SECOND = 1e9;

    /** More tables do not fit on a screen. */
    static final int MOST_TABLES = 10;

    private final LongSupplier nanoTime;
    private final List<Speed> speeds = new ArrayList<>();
    private final Speed speedOfAll = new Speed();
    private long lastRows;
    private long lastChange;

    public ProgressLines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns a line for each table, or one for all of many. */
    public List<String> of(BackfillProgress progress) {
        if (progress.tables().size() > MOST_TABLES) {
            return List.of(together(progress));
        }
        long now = nanoTime.getAsLong();
        String stands = stands(progress, now);
        int last = lastBegun(progress);
        int nameWidth = progress.tables().stream().mapToInt(t -> t.name().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < progress.tables().size(); i++) {
            Table table = progress.tables().get(i);
            if (speeds.size() == i) {
                speeds.add(new Speed());
            }
            lines.add(
                    line(table, nameWidth, speeds.get(i).update(now, table.rows()))
                            + (i == last ? stands : ""));
        }
        return lines;
    }

    /** Returns one line for all tables. */
    public String together(BackfillProgress progress) {
        if (progress.tables().size() == 1) {
            return of(progress).get(0);
        }
        long now = nanoTime.getAsLong();
        long rows = progress.tables().stream().mapToLong(Table::rows).sum();
        long estimated = progress.tables().stream().mapToLong(Table::estimatedRows).sum();
        int last = lastBegun(progress);
        String name =
                last < 0
                        ? progress.tables().size() + " tables"
                        : "table %d of %d, %s"
                                .formatted(
                                        last + 1,
                                        progress.tables().size(),
                                        progress.tables().get(last).name());
        return line(new Table(name, rows, estimated), name.length(), speedOfAll.update(now, rows))
                + stands(progress, now);
    }

    private static int lastBegun(BackfillProgress progress) {
        int last = progress.tables().size() - 1;
        while (last >= 0 && progress.tables().get(last).rows() == 0) {
            last--;
        }
        return last;
    }

    /** Says for how long no row was read, and what that waits for; empty while some are. */
    private String stands(BackfillProgress progress, long now) {
        long rows = progress.tables().stream().mapToLong(Table::rows).sum();
        if (rows != lastRows || rows == 0) {
            lastRows = rows;
            lastChange = now;
        }
        long seconds = Math.round((now - lastChange) / NANOS_PER_SECOND);
        return seconds < CALM_SECONDS
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  nothing read for %s: waits for IoTDB, or settles rows that share a point",
                        clock(seconds));
    }

    private static String line(Table table, int nameWidth, double speed) {
        String name = table.name() + " ".repeat(nameWidth - table.name().length());
        if (table.rows() == 0) {
            return name + "  waiting for a turn";
        }
        String line =
                String.format(
                        Locale.ROOT,
                        "%s  %,13d rows  %-11s  %,10d rows/s",
                        name,
                        table.rows(),
                        percent(table),
                        Math.round(speed));
        String timeLeft = timeLeft(table, speed);
        return timeLeft.isEmpty() ? line : line + "  ETA " + timeLeft;
    }

    private static String percent(Table table) {
        if (table.estimatedRows() <= 0) {
            return "";
        }
        double percent = 100.0 * table.rows() / table.estimatedRows();
        return String.format(Locale.ROOT, "about %4.1f%%", Math.min(MOST_PERCENT, percent));
    }

    private static String timeLeft(Table table, double speed) {
        long rowsLeft = table.estimatedRows() - table.rows();
        return rowsLeft <= 0 || speed < 1 || rowsLeft / speed > LONGEST_ETA
                ? ""
                : clock(Math.round(Math.ceil(rowsLeft / speed)));
    }

    private static String clock(long seconds) {
        long hours = seconds / SECONDS_PER_HOUR;
        long minutes = seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE;
        long rest = seconds % SECONDS_PER_MINUTE;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, rest)
                : String.format(Locale.ROOT, "%d:%02d", minutes, rest);
    }
}
