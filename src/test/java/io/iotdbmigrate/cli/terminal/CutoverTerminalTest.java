package io.iotdbmigrate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.cutover.Facts;
import io.iotdbmigrate.cutover.Operator;
import io.iotdbmigrate.cutover.StepName;
import io.iotdbmigrate.cutover.StepState;
import io.iotdbmigrate.cutover.StepState.Status;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checklist, questions and their answers. */
class CutoverTerminalTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");

    private final List<String> shown = new ArrayList<>();
    private final List<String> printed = new ArrayList<>();

    private final class RecordingArea implements ProgressArea {
        @Override
        public Duration interval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void show(List<String> lines) {
            shown.clear();
            shown.addAll(lines);
        }

        @Override
        public void print(String line) {
            printed.add(line);
        }

        @Override
        public void close() {}
    }

    private CutoverTerminal terminal(boolean live, String typed) {
        return new CutoverTerminal(
                new RecordingArea(),
                live,
                Optional.of(
                        new LinePrompt(
                                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)))),
                () -> BEGIN.plusSeconds(10),
                StopSignal.never());
    }

    private static StepState step(
            StepName name, Status status, @Nullable Instant ended, String detail) {
        Instant started = status == Status.WAITING ? null : BEGIN;
        return new StepState(name, status, started, ended, detail, false);
    }

    private static CutoverState state(@Nullable Instant resumed) {
        return new CutoverState(
                "id",
                false,
                BEGIN,
                new Operator("ann", "host", 7),
                Phase.FORWARD,
                List.of(
                        step(StepName.PREFLIGHT, Status.DONE, BEGIN.plusMillis(250), "well"),
                        step(StepName.PAUSE, Status.BEGUN, null, ""),
                        step(StepName.DRAIN, Status.BEGUN, BEGIN.plusSeconds(1), "too long"),
                        step(StepName.VERIFY, Status.WAITING, null, ""),
                        step(StepName.STOP, Status.UNDONE, BEGIN.plusSeconds(2), "")),
                new Facts(
                        Map.of("read_only", "OFF"),
                        BEGIN.plusSeconds(2),
                        resumed,
                        null,
                        null,
                        null,
                        null,
                        List.of()),
                null);
    }

    @Test
    void theChecklistFillsIn() {
        terminal(true, "").progress(state(null));

        assertThat(shown)
                .containsExactly(
                        "[x] preflight                    0.3 s  well",
                        "[>] pause writes                10.0 s",
                        "[!] drain                        1.0 s  too long",
                        "[ ] verify",
                        "[-] stop CDC with a savepoint    2.0 s",
                        "writes are paused for 8.0 s");
    }

    @Test
    void thePauseStopsCounting() {
        terminal(true, "").progress(state(BEGIN.plusSeconds(5)));

        assertThat(shown).last().isEqualTo("writes were paused for 3.0 s");
    }

    @Test
    void plainLinesComeWhenAStepHasEnded() {
        CutoverTerminal terminal = terminal(false, "");

        terminal.progress(state(null));
        terminal.progress(state(null));

        assertThat(printed)
                .containsExactly(
                        "[x] preflight                    0.3 s  well",
                        "[-] stop CDC with a savepoint    2.0 s");
    }

    @Test
    void answersAreReadInTheirOrder() throws Exception {
        CutoverTerminal terminal = terminal(true, "yes\n no\nDONE\n\n");

        assertThat(terminal.agrees("sure?")).isTrue();
        assertThat(terminal.agrees("sure?")).isFalse();
        assertThat(terminal.agrees("done?")).isTrue();
        assertThat(terminal.agrees("sure?")).isFalse();
        assertThat(terminal.agrees("nobody types any more?")).isFalse();
        assertThat(terminal.agrees("nobody types any more?")).isFalse();
        assertThat(printed).startsWith("sure? [yes/no]");
    }
}
