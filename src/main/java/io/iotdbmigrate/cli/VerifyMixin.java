package io.iotdbmigrate.cli;

import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is compared, and what is done about it. */
final class VerifyMixin {
    private @Nullable Instant since;
    private @Nullable Instant until;
    private double sample = 100;
    private int recheck = 5;
    private int maxDifferences = 20;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--device",
            paramLabel = "PATH",
            arity = "1..*",
            description = "Only these devices; * in a path stands for any characters.")
    private List<String> devices = new ArrayList<>();

    @Option(
            names = "--counts",
            description =
                    "Only count the rows of each device on both sides: seconds, but nothing is said"
                            + " about values.")
    private boolean counts;

    @Option(names = "--repair", description = "Print what would mend the differences.")
    private boolean repair;

    @Option(
            names = "--execute",
            description =
                    "With --repair: write what MySQL has, and compare again; nothing is deleted.")
    private boolean execute;

    @Option(
            names = "--delete-extra",
            description =
                    "With --repair --execute: also delete rows and values that only IoTDB has.")
    private boolean deleteExtra;

    @Option(
            names = "--yes",
            description =
                    "With --repair --execute: ask nothing, even if more than a tenth of a table's"
                            + " rows would be overwritten or deleted.")
    private boolean yes;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only rows from then on: 2026-11-22T10:00:00Z, or a date (UTC).")
    void setSince(String value) {
        since = time("--since", value);
    }

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Only rows before then, written alike.")
    void setUntil(String value) {
        until = time("--until", value);
    }

    @Option(
            names = "--sample",
            paramLabel = "P",
            description = "Only P percent of the devices, the same ones every time.")
    void setSample(double value) {
        require(value > 0 && value <= 100, "--sample", value, "above 0 and at most 100");
        sample = value;
    }

    @Option(
            names = "--recheck",
            paramLabel = "N",
            description =
                    "While cdc runs, look again at a difference N times before it counts"
                            + " (default: 5).")
    void setRecheck(int value) {
        require(value >= 0, "--recheck", value, "0 or more");
        recheck = value;
    }

    @Option(
            names = "--max-differences",
            paramLabel = "N",
            description =
                    "Show N differences at most (default: 20); the state folder has all of them.")
    void setMaxDifferences(int value) {
        require(value >= 0, "--max-differences", value, "0 or more");
        maxDifferences = value;
    }

    boolean counts() {
        return counts;
    }

    VerifyOptions options(List<String> tables) {
        if (execute && !repair) {
            throw new ParameterException(
                    command.commandLine(), "--execute only means something with --repair");
        }
        if ((deleteExtra || yes) && !execute) {
            throw new ParameterException(
                    command.commandLine(),
                    (deleteExtra ? "--delete-extra" : "--yes")
                            + " only means something with --repair --execute");
        }
        if (counts && repair) {
            throw new ParameterException(
                    command.commandLine(),
                    "--counts does not know which rows differ; use --repair without it");
        }
        return new VerifyOptions(
                tables, devices, since, until, sample, recheck, maxDifferences, mode());
    }

    private RepairMode mode() {
        if (!repair) {
            return RepairMode.NONE;
        }
        if (!execute) {
            return RepairMode.PLAN;
        }
        return deleteExtra ? RepairMode.WRITE_AND_DELETE : RepairMode.WRITE;
    }

    boolean yes() {
        return yes;
    }

    private Instant time(String option, String value) {
        try {
            return value.indexOf('T') < 0
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    command.commandLine(),
                    option
                            + " is "
                            + value
                            + ", but it must be like 2026-11-22T10:00:00Z or 2026-11-22",
                    e);
        }
    }

    private void require(boolean valid, String option, Object value, String expected) {
        if (!valid) {
            throw new ParameterException(
                    command.commandLine(),
                    option + " is " + value + ", but it must be " + expected);
        }
    }
}
