package io.iotdbmigrate.cli.terminal;

import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.BackfillProgress.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line per table: rows, percent, rows/s, time left. */
public final class ProgressLines {
    /** MySQL's row count is an estimate, so only the end is 100%. */
    private static final double MOST_PERCENT = 99.9;

    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3600;
    private static final double LONGEST_ETA = 100.0 * 24 * SECONDS_PER_HOUR;

    private final LongSupplier nanoTime;
    private final List<Speed> speeds = new ArrayList<>();

    public ProgressLines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public List<String> of(BackfillProgress progress) {
        long now = nanoTime.getAsLong();
        int nameWidth = progress.tables().stream().mapToInt(t -> t.name().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < progress.tables().size(); i++) {
            Table table = progress.tables().get(i);
            if (speeds.size() == i) {
                speeds.add(new Speed());
            }
            lines.add(line(table, nameWidth, speeds.get(i).update(now, table.rows())));
        }
        return lines;
    }

    private static String line(Table table, int nameWidth, double speed) {
        String name = table.name() + " ".repeat(nameWidth - table.name().length());
        if (table.rows() == 0) {
            return name + "  waiting";
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
