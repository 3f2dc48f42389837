package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.StatusText;
import io.iotdbmigrate.cli.terminal.Sparkline;
import io.iotdbmigrate.run.status.MigrationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of a status that is looked at again and again. Not thread-safe. */
final class StatusLines {
    /** Characters before a value. */
    private static final int NAME = 19;

    private final Sparkline lag;
    private final Sparkline rate;

    /**
     * @param blocks whether the terminal has characters of bars
     */
    StatusLines(boolean blocks) {
        this.lag = new Sparkline(blocks);
        this.rate = new Sparkline(blocks);
    }

    /**
     * @param columns of the terminal
     */
    List<String> of(MigrationStatus status, Instant now, int columns) {
        status.lagEvents().ifPresent(lag::add);
        status.job().ifPresent(job -> rate.add(job.eventsPerSecond()));
        List<String> lines = new ArrayList<>(StatusText.render(status, now).lines().toList());
        add(lines, "lag so far", lag, columns);
        add(lines, "rate so far", rate, columns);
        return lines;
    }

    private static void add(List<String> lines, String name, Sparkline values, int columns) {
        String text = values.text(columns - NAME);
        if (!text.isEmpty()) {
            lines.add(String.format(Locale.ROOT, "  %-16s %s", name, text));
        }
    }
}
