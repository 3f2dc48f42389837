package io.iotdbmigrate.cli.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** Lines at the lower end of a terminal that are drawn over again and again. */
final class LiveArea implements ProgressArea {
    private static final int COLUMNS_IF_UNKNOWN = 80;
    private static final int ROWS_IF_UNKNOWN = 24;

    private final Terminal terminal;
    private final Display display;
    private List<String> shown = List.of();

    LiveArea(Terminal terminal) {
        this.terminal = terminal;
        this.display = new Display(terminal, false);
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void show(List<String> lines) {
        draw(lines);
        shown = lines;
    }

    @Override
    public void print(String line) {
        List<String> live = shown;
        draw(List.of());
        terminal.writer().println(line);
        terminal.flush();
        draw(live);
    }

    @Override
    public void close() {
        draw(List.of());
        shown.forEach(terminal.writer()::println);
        terminal.flush();
    }

    /**
     * Draws it. Lines that do not fit are cut: a wrapped or scrolled line could not be drawn over.
     */
    private void draw(List<String> lines) {
        Size size = terminal.getSize();
        int columns = size.getColumns() > 0 ? size.getColumns() : COLUMNS_IF_UNKNOWN;
        int rows = size.getRows() > 0 ? size.getRows() : ROWS_IF_UNKNOWN;
        display.resize(rows, columns);
        // A typed character, as the ^C of Ctrl-C, has moved the cursor.
        terminal.puts(Capability.carriage_return);
        if (lines.isEmpty()) {
            terminal.puts(Capability.clr_eol);
        }
        List<AttributedString> fitting = new ArrayList<>();
        lines.stream()
                .limit(rows - 1L)
                .map(line -> new AttributedString(line).columnSubSequence(0, columns - 1))
                .forEach(fitting::add);
        if (!fitting.isEmpty()) {
            fitting.add(AttributedString.EMPTY);
        }
        // The cursor waits below, where a shell would go on if this process were killed.
        int lastRow = Math.max(0, fitting.size() - 1);
        display.update(fitting, new Size(columns, rows).cursorPos(lastRow, 0));
        terminal.flush();
    }
}
