package io.iotdbmigrate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;

/** Draws on a terminal of jline's that remembers its screen. */
class LiveAreaTest {
    private static final int COLUMNS = 20;
    private static final int ROWS = 6;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LiveArea area = new LiveArea(terminal());

    private LineDisciplineTerminal terminal() {
        try {
            LineDisciplineTerminal terminal =
                    new LineDisciplineTerminal("test", "xterm", bytes, StandardCharsets.UTF_8);
            terminal.setSize(new Size(COLUMNS, ROWS));
            return terminal;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The screen's lines as a person sees them, empty ones left out. */
    private List<String> screen() {
        ScreenTerminal screen = new ScreenTerminal(COLUMNS, ROWS);
        screen.write(bytes.toString(StandardCharsets.UTF_8));
        return screen.toString().lines().map(String::stripTrailing).toList();
    }

    @Test
    void linesAreDrawnOver() {
        area.show(List.of("a 1", "b 1"));
        area.show(List.of("a 2", "b 2"));

        assertThat(screen()).containsSequence("a 2", "b 2").doesNotContain("a 1");
    }

    @Test
    void printedLinesStayAboveTheLiveOnes() {
        area.show(List.of("a 1", "b 1"));
        area.print("a note");
        area.show(List.of("a 2", "b 2"));
        area.close();

        assertThat(screen()).containsSequence("a note", "a 2", "b 2").doesNotContain("a 1", "b 1");
    }

    @Test
    void whatThePersonTypedIsDrawnOver() throws IOException {
        area.show(List.of("abcdef 1"));
        bytes.write("^C".getBytes(StandardCharsets.UTF_8));
        area.print("stopping");
        area.close();

        assertThat(screen()).containsSequence("stopping", "abcdef 1");
    }

    /** Also where jline's description of the terminal makes it write one of its own. */
    @Test
    void nothingButTheLinesIsWritten() {
        area.show(List.of("a 1", "b 1"));
        area.show(List.of("a 2", "b 2", "c 2"));
        area.show(List.of("a 3"));
        area.close();

        assertThat(bytes.toString(StandardCharsets.UTF_8).chars())
                .allMatch(c -> (c >= ' ' && c <= '~') || c == '\r' || c == '\n' || c == 0x1b);
        assertThat(screen()).containsSequence("a 3", "").doesNotContain("b 2", "c 2");
    }

    @Test
    void aLongLineGoesOnWhereItsTextBegan() {
        area.show(List.of("  lag    12 events of the binlog", "b"));

        assertThat(screen())
                .containsSequence("  lag    12 events", "         of the", "         binlog", "b");
    }

    @Test
    void linesThatDoNotFitAreCut() {
        area.show(List.of("0123456789012345678901234567890", "b", "c", "d", "e", "f", "g"));

        assertThat(screen()).containsSequence("0123456789012345678", "b", "c", "d", "e");
        assertThat(screen()).doesNotContain("f");
    }
}
