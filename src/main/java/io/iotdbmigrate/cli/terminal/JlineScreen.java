package io.iotdbmigrate.cli.terminal;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;

/**
 * The terminal this process was started in. What jline opens is left open: closing it would close
 * stdout or stderr for good.
 */
public final class JlineScreen implements Screen {
    private static final int NARROWEST = 60;
    private static final int WIDEST = 140;

    private final Map<String, String> environment;

    public JlineScreen(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Style out() {
        try {
            Terminal terminal = open(SystemOutput.SysOut);
            if (!isTerminal(terminal)) {
                return Style.PLAIN;
            }
            int width = Math.min(WIDEST, Math.max(NARROWEST, terminal.getWidth()));
            boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty();
            return new Style(width, colours);
        } catch (IOException e) {
            return Style.PLAIN;
        }
    }

    @Override
    public Optional<ProgressArea> liveArea() {
        try {
            Terminal terminal = open(SystemOutput.SysErr);
            return isTerminal(terminal) ? Optional.of(new LiveArea(terminal)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Prompt> prompt() {
        return liveArea().map(area -> new LinePrompt(System.in));
    }

    private static Terminal open(SystemOutput output) throws IOException {
        return TerminalBuilder.builder()
                .system(true)
                .systemOutput(output)
                .dumb(true)
                .nativeSignals(false)
                .build();
    }

    private static boolean isTerminal(Terminal terminal) {
        return !terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }
}
