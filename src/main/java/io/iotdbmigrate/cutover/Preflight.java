package io.iotdbmigrate.cutover;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.iotdbmigrate.config.CutoverConfig;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob.Status;
import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must be so before writes are paused. */
final class Preflight {
    /** What a cutover has done behind which nothing replicates any more. */
    static final String OVER = "has switched, and there is nothing left to do";

    /** How there could be another one. */
    static final String AGAIN =
            "to migrate once more, have the application write to MySQL and start iotdb-migrate cdc";

    private static final String CDC = "CDC job";
    private static final String REJECTED = "rejected rows";
    private static final String VERIFY = "verify";
    private static final int MISSED_CHECKPOINTS = 3;
    private static final Duration SLOW_CHECKPOINT = Duration.ofSeconds(30);

    private final MigrationConfig config;
    private final CutoverPorts ports;
    private final boolean rehearsal;
    private final boolean someoneSwitches;

    /**
     * @param someoneSwitches whether there is a person who could switch the application by hand
     */
    Preflight(
            MigrationConfig config,
            CutoverPorts ports,
            boolean rehearsal,
            boolean someoneSwitches) {
        this.config = config;
        this.ports = ports;
        this.rehearsal = rehearsal;
        this.someoneSwitches = someoneSwitches;
    }

    List<Finding> findings(Status status) throws Exception {
        List<Finding> findings = new ArrayList<>();
        if (status.running()) {
            job(status, findings);
        } else if (isOver(status)) {
            String origin = ports.journal().last().orElseThrow().origin();
            findings.add(error(CDC, "does not run: " + origin + ", " + OVER, AGAIN));
        } else {
            findings.add(
                    error(
                            CDC,
                            "does not run"
                                    + (status.problem() == null
                                            ? ""
                                            : " (" + status.problem() + ")"),
                            "start it with iotdb-migrate cdc and let it catch up"));
        }
        rejected(status, findings);
        verified(findings);
        hooks(findings);
        findings.addAll(ports.gate().findings());
        return findings;
    }

    /** Tells whether the last cutover has switched, and nothing replicates since. */
    private boolean isOver(Status status) throws Exception {
        return !status.running()
                && ports.journal().last().filter(s -> s.phase() == Phase.SWITCHED).isPresent();
    }

    private void job(Status status, List<Finding> findings) {
        int before = findings.size();
        if (status.problem() != null) {
            findings.add(
                    error(
                            CDC,
                            status.problem(),
                            "see iotdb-migrate status; wait until it is well"));
        }
        checkpoint(status.checkpointAge(), findings);
        Duration behind = status.lag().behind();
        if (behind.compareTo(config.cutover().maxLag()) > 0) {
            findings.add(
                    error(
                            CDC,
                            "is "
                                    + behind.toSeconds()
                                    + " s behind, more than cutover.max_lag = "
                                    + config.cutover().maxLag().toSeconds()
                                    + " s",
                            "wait until it has caught up, or raise the limit"));
        }
        if (findings.size() == before) {
            findings.add(
                    Finding.ok(
                            CDC,
                            String.format(
                                    Locale.ROOT,
                                    "runs (%s), %,d row events and %d s behind",
                                    status.where(),
                                    status.lag().events(),
                                    behind.toSeconds())));
        }
    }

    private void checkpoint(@Nullable Duration age, List<Finding> findings) {
        Duration limit =
                config.flink().cdcInterval().multipliedBy(MISSED_CHECKPOINTS).plus(SLOW_CHECKPOINT);
        if (age == null) {
            findings.add(
                    error(
                            CDC,
                            "has completed no checkpoint yet",
                            "wait until it has completed one"));
        } else if (age.compareTo(limit) > 0) {
            findings.add(
                    error(
                            CDC,
                            "has completed no checkpoint for "
                                    + age.toSeconds()
                                    + " s, more than "
                                    + limit.toSeconds()
                                    + " s",
                            "see iotdb-migrate status and its log for what holds it up"));
        }
    }

    private void rejected(Status status, List<Finding> findings) throws Exception {
        long rejected = status.rejectedRows();
        if (rejected == 0) {
            findings.add(Finding.ok(REJECTED, "cdc has rejected none so far"));
        } else if (rejected <= ports.verification().settledRejections()) {
            findings.add(
                    Finding.ok(
                            REJECTED,
                            rejected
                                    + " could not be mapped once and matter no longer: verify has"
                                    + " found every row that MySQL has now in IoTDB"));
        } else {
            findings.add(
                    error(
                            REJECTED,
                            rejected + " could not be mapped and are not in IoTDB",
                            "mend the rows or the mapping, rejected-changes.jsonl names them; when"
                                    + " no row of MySQL is rejected any more, also none of the"
                                    + " backfill, run iotdb-migrate verify while cdc runs"));
        }
    }

    private void verified(List<Finding> findings) throws Exception {
        Verify mode = config.cutover().verify();
        Optional<Verified> last = ports.verification().lastFull();
        if (last.isPresent() && last.get().equal()) {
            findings.add(
                    Finding.ok(
                            VERIFY,
                            "both sides were equal at " + last.get().at().truncatedTo(SECONDS)));
            return;
        }
        String found =
                last.isPresent()
                        ? "found differences at " + last.get().at().truncatedTo(SECONDS)
                        : mode == Verify.RECENT
                                ? "no verify compared everything while cdc ran"
                                : "everything was never compared";
        String remedy = "run iotdb-migrate verify while cdc runs";
        boolean enoughItself = mode == Verify.FULL && last.isEmpty();
        findings.add(
                mode == Verify.NONE || enoughItself
                        ? Finding.warning(VERIFY, found, remedy)
                        : error(VERIFY, found, remedy));
        if (mode == Verify.NONE) {
            findings.add(
                    Finding.warning(
                            "cutover.verify",
                            "is none: nothing is compared before the switch",
                            "recent takes seconds"));
        }
    }

    private void hooks(List<Finding> findings) {
        CutoverConfig.Hooks hooks = config.cutover().hooks();
        if (config.cutover().pause() == CutoverConfig.Pause.HOOK) {
            hook("pause", hooks.pause(), findings);
            hook("resume", hooks.resume(), findings);
        }
        if (hooks.switchOver() != null) {
            hook("switch", hooks.switchOver(), findings);
        } else if (!rehearsal && !someoneSwitches) {
            findings.add(
                    error(
                            "cutover.hooks.switch",
                            "is not set, and nobody is there to switch the application",
                            "name the executable that does, or run it at a terminal"));
        } else {
            findings.add(
                    Finding.warning(
                            "cutover.hooks.switch",
                            "is not set: you will be asked to switch the application",
                            "writes stay paused meanwhile"));
        }
    }

    private void hook(String name, @Nullable String path, List<Finding> findings) {
        String key = "cutover.hooks." + name;
        Optional<String> problem = ports.hooks().problem(String.valueOf(path));
        findings.add(
                problem.isEmpty()
                        ? Finding.ok(key, path + " can be run")
                        : error(
                                key,
                                path + " " + problem.get(),
                                "mend the path, which starts at the working directory, or chmod +x"
                                        + " the file"));
    }

    private static Finding error(String subject, String message, String remedy) {
        return Finding.error(ExitCode.NOT_SWITCHED, subject, message, remedy);
    }
}
