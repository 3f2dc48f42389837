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

    private static final AttributedString LINE_FEED = new AttributedString("\n");

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
        fitting(shown).forEach(terminal.writer()::println);
        terminal.flush();
    }

    @Override
    public int columns() {
        return size().getColumns() - 1;
    }

    private Size size() {
        Size size = terminal.getSize();
        return new Size(
                size.getColumns() > 0 ? size.getColumns() : COLUMNS_IF_UNKNOWN,
                size.getRows() > 0 ? size.getRows() : ROWS_IF_UNKNOWN);
    }

    private List<String> fitting(List<String> lines) {
        return lines.stream().flatMap(line -> Fitted.lines(line, columns()).stream()).toList();
    }

    /**
     * Draws it. What does not fit even then is cut: a line that the terminal wraps or scrolls could
     * not be drawn over. Each line ends with a line feed: behind others jline writes a backspace,
     * which it takes from xterm's as a character that there is none of.
     */
    private void draw(List<String> lines) {
        int columns = size().getColumns();
        int rows = size().getRows();
        display.resize(rows, columns);
        // A typed character, as the ^C of Ctrl-C, has moved the cursor.
        terminal.puts(Capability.carriage_return);
        if (lines.isEmpty()) {
            terminal.puts(Capability.clr_eol);
        }
        List<AttributedString> fitting = new ArrayList<>();
        fitting(lines).stream()
                .limit(rows - 1L)
                .map(line -> new AttributedString(line).columnSubSequence(0, columns - 1))
                .map(line -> AttributedString.join(AttributedString.EMPTY, line, LINE_FEED))
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
