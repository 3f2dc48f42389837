package io.iotdbmigrate.cli.report;

import io.iotdbmigrate.run.cdc.CdcOutcome;
import io.iotdbmigrate.run.cdc.CdcOutcome.Detached;
import io.iotdbmigrate.run.cdc.CdcOutcome.Stopped;
import io.iotdbmigrate.run.status.StoppedJob;

/** How a replication ended, for people. */
public final class CdcText {
    private CdcText() {}

    /**
     * @param command which goes on with it, or follows it
     */
    public static String render(CdcOutcome outcome, String command) {
        if (outcome instanceof Detached detached) {
            return "the cdc runs as job "
                    + detached.job()
                    + " on the Flink cluster at "
                    + detached.cluster()
                    + "\nto follow it, or to stop it with Ctrl-C: "
                    + command;
        }
        return stopped(((Stopped) outcome).savepoint()) + "\nto go on: " + command;
    }

    private static String stopped(String place) {
        if (place.isEmpty()) {
            return "stopped before its first checkpoint; the next cdc begins where this one did";
        }
        return place.substring(place.lastIndexOf('/') + 1).startsWith("chk-")
                ? "stopped at its last checkpoint "
                        + place
                        + ", without a savepoint: the job was restarting, or was cancelled"
                : "stopped with savepoint " + place;
    }

    /** Returns what {@code stop} has stopped. */
    public static String render(StoppedJob stopped) {
        return stopped.command().equals("cdc")
                ? stopped(stopped.place().orElse(""))
                : stopped.place()
                        .map(place -> "the backfill is stopped at checkpoint " + place)
                        .orElse("the backfill is stopped; it had no checkpoint yet");
    }
}
