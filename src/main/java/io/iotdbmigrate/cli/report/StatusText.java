package io.iotdbmigrate.cli.report;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.run.cdc.CdcProgress;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.MigrationStatus.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a migration stands, for people. */
public final class StatusText {
    private StatusText() {}

    /** Returns the live line of a replication. */
    public static String line(CdcProgress progress, long perSecond) {
        String position =
                progress.applied()
                        .map(Applied::position)
                        .map(p -> "applied up to " + p)
                        .orElse("nothing applied yet");
        String stands = progress.awaited().map(s -> "waits for " + s).orElse(position);
        return String.format(
                        Locale.ROOT,
                        "%s  %,d changed rows  %,d/s",
                        progress.state().equals("RUNNING") ? stands : progress.state(),
                        progress.events(),
                        perSecond)
                // Exactly 0 before the first event of this run.
                + (progress.readDelayMillis() > 0
                        ? "  read "
                                + seconds(Duration.ofMillis(progress.readDelayMillis()))
                                + " after they happened"
                        : "")
                + (progress.rejected() > 0
                        ? String.format(Locale.ROOT, "  %,d rejected", progress.rejected())
                        : "");
    }

    public static String render(MigrationStatus status, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(status));
        figures(status, now)
                .forEach(
                        (name, value) ->
                                lines.add(String.format(Locale.ROOT, "  %-16s %s", name, value)));
        return String.join("\n", lines);
    }

    /** Returns what runs, in one line. */
    public static String headline(MigrationStatus status) {
        return status.name() + ": " + state(status);
    }

    /** Returns what else is known, each under its name. */
    public static Map<String, String> figures(MigrationStatus status, Instant now) {
        Map<String, String> lines = new LinkedHashMap<>();
        status.backfill()
                .ifPresent(
                        b ->
                                lines.put(
                                        "backfill",
                                        "finished " + b.finishedAt().truncatedTo(SECONDS)));
        Optional<Applied> applied = status.applied();
        if (applied.isPresent()) {
            Applied a = applied.get();
            lines.put(
                    "applied",
                    (a.position() == null ? "nothing yet" : a.position().toString())
                            + ", "
                            + String.format(Locale.ROOT, "%,d", a.rows())
                            + " changed rows");
        }
        lines.put("binlog ends at", status.head().toString());
        if (status.lagEvents().isPresent()) {
            lines.put("lag", lag(status.lagEvents().getAsLong(), status));
        } else if (applied.map(Applied::position).isPresent()) {
            lines.put(
                    "lag",
                    "not known: what is applied was read from another MySQL server than"
                            + " the one that answers now");
        }
        status.job().ifPresent(job -> addJob(lines, job, now));
        applied.filter(a -> a.rejected() > 0)
                .ifPresent(
                        a ->
                                lines.put(
                                        "rejected rows",
                                        String.format(Locale.ROOT, "%,d", a.rejected())));
        return lines;
    }

    private static String state(MigrationStatus status) {
        return status.job()
                .map(
                        j ->
                                j.running().command()
                                        + " is "
                                        + j.state().toLowerCase(Locale.ROOT)
                                        + " ("
                                        + j.running().where()
                                        + ")")
                .orElse(
                        status.switchedAt()
                                .map(at -> "switched to IoTDB at " + at.truncatedTo(SECONDS))
                                .orElse("nothing runs with this state folder"));
    }

    private static String lag(long events, MigrationStatus status) {
        if (events == 0 && !status.follows() && status.switchedAt().isPresent()) {
            return "none: MySQL has nothing that was written before the switch and is not in IoTDB";
        }
        if (events == 0 && !status.follows()) {
            return "none yet, but no cdc runs: what MySQL changes from now on does not arrive";
        }
        if (events == 0) {
            return "0: MySQL's binlog holds no change of a mapped table that is not in IoTDB";
        }
        String count =
                events >= MigrationStatus.MOST_EVENTS
                        ? "more than " + String.format(Locale.ROOT, "%,d", events)
                        : String.format(Locale.ROOT, "%,d", events);
        return count
                + (events == 1 ? " event of the binlog" : " events of the binlog")
                + status.job()
                        .map(j -> ", read " + seconds(j.lag()) + " after they happened")
                        .orElse("");
    }

    private static void addJob(Map<String, String> lines, Job job, Instant now) {
        lines.put(
                "rate",
                String.format(
                        Locale.ROOT,
                        job.running().command().equals("cdc") ? "%,d changed rows/s" : "%,d rows/s",
                        job.eventsPerSecond()));
        job.awaited().ifPresent(server -> lines.put("waits for", server.toString()));
        lines.put(
                "last checkpoint",
                job.lastCheckpoint()
                        .map(at -> seconds(Duration.between(at, now)) + " ago")
                        .orElse("none yet"));
        lines.put(
                "restarts",
                job.restarts()
                        + job.failure()
                                .map(
                                        reason ->
                                                reason.times() == 1
                                                        ? "; the last: " + reason.sentence()
                                                        : "; the last "
                                                                + reason.times()
                                                                + ": "
                                                                + reason.sentence())
                                .orElse(""));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
