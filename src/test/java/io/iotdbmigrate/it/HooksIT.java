package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.cutover.ProcessHooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks are real processes. */
class HooksIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ProcessHooks hooks = new ProcessHooks();
    @TempDir Path folder;

    private String script(String... lines) throws IOException {
        Path file = folder.resolve("hook.sh");
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file.toString();
    }

    @Test
    void aHookGetsItsEnvironment() throws Exception {
        Path out = folder.resolve("out");
        String hook =
                script(
                        "echo \"$IOTDB_MIGRATE_HOOK $IOTDB_MIGRATE_NAME\" > " + out,
                        "cat > /dev/null");

        hooks.run("switch", hook, Map.of("IOTDB_MIGRATE_NAME", "plant"), LIMIT);

        assertThat(out).hasContent("switch plant");
    }

    @Test
    void aFailureSaysWhatTheHookSaidLast() throws Exception {
        String hook = script("echo trying", "echo no such service >&2", "exit 3");

        assertThatThrownBy(() -> hooks.run("switch", hook, Map.of(), LIMIT))
                .hasMessage(
                        "the switch hook "
                                + hook
                                + " failed with exit code 3; the last it said: no such service"
                                + " (the log has all)");
    }

    @Test
    void aHookThatHangsIsKilledWithItsChildren() throws Exception {
        Path child = folder.resolve("child");
        String hook = script("sleep 600 &", "echo $! > " + child, "wait");

        assertThatThrownBy(() -> hooks.run("pause", hook, Map.of(), Duration.ofSeconds(2)))
                .hasMessageContaining("took longer than 2 s and was killed");

        long pid = Long.parseLong(Files.readString(child).strip());
        await().atMost(Duration.ofSeconds(10)).until(() -> hasEnded(pid));
    }

    /** A killed orphan may stay behind as a zombie, where nobody reaps it. */
    private static boolean hasEnded(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "stat");
        return !Files.exists(status) || Files.readString(status).contains(") Z ");
    }

    @Test
    void whatCannotBeRunIsFoundBefore() throws Exception {
        Path plain = Files.writeString(folder.resolve("plain"), "x");

        assertThat(hooks.problem(folder.resolve("none").toString())).contains("does not exist");
        assertThat(hooks.problem(folder.toString())).contains("is not a file");
        assertThat(hooks.problem(plain.toString())).contains("is not executable for this user");
        assertThat(hooks.problem(script("exit 0"))).isEmpty();
        assertThatThrownBy(() -> hooks.run("switch", plain.toString(), Map.of(), LIMIT))
                .hasMessageContaining("cannot be started");
    }
}
