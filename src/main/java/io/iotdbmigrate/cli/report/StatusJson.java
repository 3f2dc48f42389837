package io.iotdbmigrate.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.model.AwaitedServer;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.cdc.CdcOutcome;
import io.iotdbmigrate.run.cdc.CdcOutcome.Detached;
import io.iotdbmigrate.run.cdc.CdcOutcome.Stopped;
import io.iotdbmigrate.run.cdc.CdcProgress;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.MigrationStatus.Job;

/** How a migration stands, for scripts. */
public final class StatusJson {
    private StatusJson() {}

    public static String render(MigrationStatus status) {
        ObjectNode node = Json.object();
        node.put("name", status.name());
        node.put("running", status.job().isPresent());
        status.job().ifPresent(job -> put(node.putObject("job"), job));
        status.backfill()
                .ifPresent(b -> node.put("backfill_finished_at", b.finishedAt().toString()));
        status.switchedAt().ifPresent(at -> node.put("switched_at", at.toString()));
        status.applied().ifPresent(applied -> put(node, applied));
        node.putObject("head")
                .put("file", status.head().file())
                .put("offset", status.head().offset())
                .put("gtid_set", status.head().gtidSet());
        // Nothing is behind, but nothing is followed either: that is not known to be no lag.
        boolean known = status.lagEvents().orElse(0) > 0 || status.follows();
        if (known && status.lagEvents().isPresent()) {
            node.put("lag_events", status.lagEvents().getAsLong());
        } else {
            node.putNull("lag_events");
        }
        return Json.print(node);
    }

    /** Returns one of many lines about a running replication. */
    public static String line(CdcProgress progress, long perSecond) {
        ObjectNode node = Json.object();
        node.put("status", "following")
                .put("state", progress.state())
                .put("events", progress.events())
                .put("events_per_second", perSecond)
                .put("rejected", progress.rejected())
                .put("read_delay_seconds", progress.readDelayMillis() / 1000.0);
        progress.awaited().ifPresent(server -> node.put("waits_for", server.toString()));
        progress.applied().ifPresent(applied -> put(node, applied));
        return Json.line(node);
    }

    /** Returns a replication that was stopped, or that runs elsewhere. */
    public static String render(CdcOutcome outcome, ExitCode exitCode) {
        ObjectNode node = Json.object();
        if (outcome instanceof Detached detached) {
            node.put("status", "detached")
                    .put("exit_code", exitCode.code())
                    .put("cluster", detached.cluster().toString())
                    .put("job", detached.job());
        } else if (outcome instanceof Stopped stopped) {
            node.put("status", "stopped").put("exit_code", exitCode.code());
            node.put("savepoint", stopped.savepoint());
            stopped.applied().ifPresent(applied -> put(node, applied));
        }
        return Json.line(node);
    }

    private static void put(ObjectNode node, Applied applied) {
        ObjectNode target = node.putObject("applied");
        ChangePosition position = applied.position();
        if (position != null) {
            target.put("file", position.file())
                    .put("offset", position.offset())
                    .put("row", position.row());
        }
        target.put("events", applied.rows()).put("rejected", applied.rejected());
    }

    private static void put(ObjectNode node, Job job) {
        node.put("command", job.running().command())
                .put("state", job.state())
                .put("remote", job.running().remote())
                .put("pid", job.running().pid())
                .put("host", job.running().host())
                .put("rest", job.running().rest())
                .put("job_id", job.running().job())
                .put("started_at", job.running().startedAt().toString())
                .put("events", job.events())
                .put("events_per_second", job.eventsPerSecond())
                .put("lag_seconds", job.lag().toMillis() / 1000.0)
                .put("restarts", job.restarts())
                .put(
                        "last_failure",
                        job.failure().map(MigrationStatus.Failure::sentence).orElse(null))
                .put("waits_for", job.awaited().map(AwaitedServer::toString).orElse(null))
                .put("rejected", job.rejected());
        if (job.lastCheckpoint().isPresent()) {
            node.put("last_checkpoint_at", job.lastCheckpoint().get().toString());
        } else {
            node.putNull("last_checkpoint_at");
        }
    }
}
