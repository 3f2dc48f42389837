package io.iotdbmigrate.cutover;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code pause: hook}: two executables of the user's. They must be safe to repeat. */
public final class HookGate implements WriteGate {
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private final String pause;
    private final String resume;
    private final Hooks hooks;
    private final Map<String, String> environment;
    private final WriterList writers;

    public HookGate(MigrationConfig config, Hooks hooks, WriterList writers) {
        this.pause = Objects.requireNonNull(config.cutover().hooks().pause());
        this.resume = Objects.requireNonNull(config.cutover().hooks().resume());
        this.hooks = hooks;
        this.environment = HookEnvironment.of(config).variables();
        this.writers = writers;
    }

    @Override
    public String describe() {
        return "the hook " + pause;
    }

    /** Returns nothing: the preflight looks at all hooks. */
    @Override
    public List<Finding> findings() {
        return List.of();
    }

    @Override
    public Map<String, String> former() {
        return Map.of("paused_by", pause);
    }

    @Override
    public void pause(Map<String, String> former) throws InterruptedException {
        hooks.run("pause", pause, environment, LIMIT);
    }

    /** Returns true. Should it no longer, the binlog will tell. */
    @Override
    public boolean holds(Map<String, String> former) {
        return true;
    }

    @Override
    public void resume(Map<String, String> former) throws InterruptedException {
        hooks.run("resume", resume, environment, LIMIT);
    }

    @Override
    public List<OpenWriter> openWriters() throws Exception {
        return writers.now();
    }

    @Override
    public String resumeByHand(Map<String, String> former) {
        return "let the application write to MySQL again, as " + resume + " would";
    }

    @Override
    public String afterTheSwitch() {
        return "what " + pause + " did stays as it is";
    }
}
