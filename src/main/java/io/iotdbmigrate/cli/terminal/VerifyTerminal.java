package io.iotdbmigrate.cli.terminal;

import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A terminal that shows a comparison to the person who started it, and hears when that person wants
 * it to stop.
 */
public final class VerifyTerminal implements VerifyListener, AutoCloseable {
    private static final String RATES = "rows between two looks  ";
    private static final Set<String> YES = Set.of("y", "yes");

    private final ProgressArea area;
    private final Supplier<StopSignal> listen;
    private final boolean yes;
    private final Optional<Prompt> prompt;
    private final Sparkline rates;
    private long rowsBefore;
    private StopSignal stop = StopSignal.never();

    /**
     * @param listen begins to listen for signals; until then they end the process as usual
     * @param yes the answer to every question, given beforehand
     * @param screen that has the area, and who may answer
     */
    public VerifyTerminal(
            ProgressArea area, Supplier<StopSignal> listen, boolean yes, Screen screen) {
        this.area = area;
        this.listen = listen;
        this.yes = yes;
        this.prompt = screen.prompt();
        this.rates = new Sparkline(screen.hasBlocks());
    }

    @Override
    public boolean agrees(String question) {
        if (yes || prompt.isEmpty()) {
            return yes;
        }
        area.show(List.of());
        area.print(question + " [yes/no]");
        try {
            return prompt.get()
                    .readLine()
                    .map(line -> YES.contains(line.strip().toLowerCase(Locale.ROOT)))
                    .orElse(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void planned(int tables, long estimatedRows) {
        stop = listen.get();
        area.print(
                String.format(
                        Locale.ROOT,
                        "comparing %s, about %,d rows; nothing is written unless it is to be"
                                + " repaired",
                        tables == 1 ? "1 table" : tables + " tables",
                        estimatedRows));
    }

    @Override
    public void note(String message) {
        area.print(message);
    }

    @Override
    public void progress(VerifyProgress progress) {
        List<String> lines = new ArrayList<>();
        boolean many = progress.tables().size() > ProgressLines.MOST_TABLES;
        if (many) {
            lines.add(together(progress));
        }
        for (VerifyProgress.Table table :
                many ? List.<VerifyProgress.Table>of() : progress.tables()) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%s  MySQL %,d of about %,d rows  IoTDB %,d rows",
                            table.name(),
                            table.mysqlRows(),
                            table.estimatedRows(),
                            table.iotdbRows()));
        }
        long rows = progress.tables().stream().mapToLong(t -> t.mysqlRows() + t.iotdbRows()).sum();
        rates.add(Math.max(0, rows - rowsBefore));
        rowsBefore = rows;
        String course = rates.text(area.columns() - RATES.length());
        if (!course.isEmpty()) {
            lines.add(RATES + course);
        }
        area.show(lines, together(progress));
    }

    private static String together(VerifyProgress progress) {
        return String.format(
                Locale.ROOT,
                "%s  MySQL %,d of about %,d rows  IoTDB %,d rows",
                progress.tables().size() == 1
                        ? progress.tables().get(0).name()
                        : progress.tables().size() + " tables",
                progress.tables().stream().mapToLong(VerifyProgress.Table::mysqlRows).sum(),
                progress.tables().stream().mapToLong(VerifyProgress.Table::estimatedRows).sum(),
                progress.tables().stream().mapToLong(VerifyProgress.Table::iotdbRows).sum());
    }

    @Override
    public boolean stopRequested() {
        return stop.requested();
    }

    /** Ends the drawing: the report says more than the last progress. */
    public void finished() {
        area.show(List.of());
    }

    @Override
    public void close() {
        area.close();
        stop.close();
    }
}
