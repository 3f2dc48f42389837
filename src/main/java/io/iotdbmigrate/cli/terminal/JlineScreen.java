package io.iotdbmigrate.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The terminal this process was started in. It is opened once and left open: closing it, or opening
 * another beside it, closes stdout or stderr for good. Thread-safe.
 */
public final class JlineScreen implements Screen {
    private static final int NARROWEST = 60;
    private static final int WIDEST = 140;
    private static final char BLOCK = '▁';

    private final Map<String, String> environment;
    private final List<TerminalProvider> providers = new ArrayList<>();
    private @Nullable Terminal terminal;

    public JlineScreen(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Style out() {
        Optional<Terminal> open = isTerminal(SystemStream.Output) ? terminal() : Optional.empty();
        if (open.isEmpty()) {
            return Style.PLAIN;
        }
        int columns = open.get().getWidth();
        return new Style(
                Math.min(WIDEST, Math.max(NARROWEST, columns)),
                environment.getOrDefault("NO_COLOR", "").isEmpty(),
                columns > 0 ? columns : Integer.MAX_VALUE);
    }

    @Override
    public Optional<ProgressArea> liveArea() {
        return isTerminal(SystemStream.Error) ? terminal().map(LiveArea::new) : Optional.empty();
    }

    @Override
    public Optional<Prompt> prompt() {
        return isTerminal(SystemStream.Error) && isTerminal(SystemStream.Input)
                ? Optional.of(new LinePrompt(System.in))
                : Optional.empty();
    }

    @Override
    public boolean hasBlocks() {
        return isTerminal(SystemStream.Error)
                && terminal().filter(t -> t.encoding().newEncoder().canEncode(BLOCK)).isPresent();
    }

    private synchronized boolean isTerminal(SystemStream stream) {
        if (isPipeOrFile(stream)) {
            return false;
        }
        if (providers.isEmpty()) {
            providers.addAll(
                    TerminalBuilder.builder().getProviders(null, new IllegalStateException()));
        }
        return providers.stream().anyMatch(provider -> provider.isSystemStream(stream));
    }

    /** Tells it without JLine, which first unpacks a native library and tries others. */
    private static boolean isPipeOrFile(SystemStream stream) {
        int number =
                switch (stream) {
                    case Input -> 0;
                    case Output -> 1;
                    case Error -> 2;
                };
        try {
            Path open = Files.readSymbolicLink(Path.of("/proc/self/fd/" + number));
            return !open.startsWith("/dev") || open.endsWith("null");
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes to stderr if that is a terminal, else to stdout; empty if it can do nothing. */
    private synchronized Optional<Terminal> terminal() {
        if (terminal == null) {
            try {
                terminal =
                        TerminalBuilder.builder()
                                .system(true)
                                .systemOutput(SystemOutput.SysErrOrSysOut)
                                .dumb(true)
                                .nativeSignals(false)
                                .build();
            } catch (IOException e) {
                LoggerFactory.getLogger(JlineScreen.class).warn("the terminal is not usable", e);
                return Optional.empty();
            }
        }
        return Optional.of(terminal).filter(t -> !t.getType().startsWith(Terminal.TYPE_DUMB));
    }
}
