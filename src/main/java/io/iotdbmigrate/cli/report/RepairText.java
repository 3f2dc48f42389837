package io.iotdbmigrate.cli.report;

import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.Repaired.After;
import io.iotdbmigrate.verify.Repaired.Execution;
import io.iotdbmigrate.verify.Repaired.Plan;
import io.iotdbmigrate.verify.VerifyReport;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** What a repair would do or has done, for people. */
final class RepairText {
    private RepairText() {}

    /**
     * @param command the one that compared, without any repair
     */
    static void add(Repaired repair, VerifyReport report, String command, List<String> lines) {
        Plan plan = repair.plan();
        lines.add("repair: " + word(repair.execution()) + ", " + amounts(plan));
        if (plan.unknownDevices() > 0) {
            lines.add(
                    count(plan.unknownDevices(), "device")
                            + " with rows to delete "
                            + (plan.unknownDevices() == 1 ? "has" : "have")
                            + " no row in MySQL at all: "
                            + String.join(", ", plan.examples())
                            + (plan.unknownDevices() > plan.examples().size() ? ", ..." : ""));
        }
        repair.notRepairable().forEach(what -> lines.add("not repaired: " + what));
        if (repair.left() > 0) {
            lines.add(
                    count(repair.left(), "row") + " were left alone: MySQL changed them meanwhile");
        }
        After after = repair.after();
        if (after != null) {
            lines.add(outcome(after, report));
        }
        if (report.count() > 0) {
            next(repair, command, lines);
        }
    }

    private static String word(Execution execution) {
        return switch (execution) {
            case PLANNED -> "planned";
            case DECLINED -> "not begun";
            case WITHOUT_DELETIONS -> "done but for the deletions";
            case DONE -> "done";
        };
    }

    private static String amounts(Plan plan) {
        return String.format(
                Locale.ROOT,
                "%s with %s to write, %s and %s in all to delete",
                count(plan.rowsToWrite(), "row"),
                count(plan.pointsToWrite(), "value"),
                count(plan.rowsToDelete(), "row"),
                count(plan.pointsToDelete(), "value"));
    }

    private static String outcome(After after, VerifyReport report) {
        String at = report.finishedAt().truncatedTo(ChronoUnit.SECONDS).toString();
        if (after.stillDifferent() > 0) {
            return count(after.stillDifferent(), "row")
                    + " of the repair still "
                    + (after.stillDifferent() == 1 ? "differs" : "differ");
        }
        String rows = "the mended rows were compared again at " + at + " and are equal";
        return after.differingDevices() == 0
                ? rows
                        + ", as are the counts of all rows of the "
                        + count(after.devices(), "device")
                        + " touched"
                : rows
                        + ", but "
                        + after.differingDevices()
                        + " of the "
                        + count(after.devices(), "device")
                        + " touched have another number of rows in IoTDB than in MySQL: verify"
                        + " again";
    }

    private static void next(Repaired repair, String command, List<String> lines) {
        boolean deletes = repair.plan().pointsToDelete() > 0;
        String execute = command + " --repair --execute" + (deletes ? " --delete-extra" : "");
        switch (repair.execution()) {
            case PLANNED -> lines.add("nothing was written; to do it: " + execute);
            case DECLINED ->
                    lines.add(
                            "nothing was written: more than a tenth of a table's rows would be"
                                    + " overwritten or deleted; to do it all the same, add --yes");
            case WITHOUT_DELETIONS ->
                    lines.add("nothing was deleted; to delete what only IoTDB has: " + execute);
            case DONE -> {
                // All was said.
            }
        }
    }

    private static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
