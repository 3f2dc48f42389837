package io.iotdbmigrate.check;

import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.mysql.rows.TableCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table's counts in words. */
final class CountFindings {
    /** From more on it is asked whether so many are meant. */
    private static final int MANY_NAMES = 10_000;

    private static final int LONGEST_SHOWN = 60;
    private static final String UNDEFINED =
            "without a primary key it is not defined which one is kept";

    private final TableMapping mapping;
    private final TableCounts counts;
    private final String table;
    private final List<Finding> findings = new ArrayList<>();

    private CountFindings(TableMapping mapping, TableCounts counts) {
        this.mapping = mapping;
        this.counts = counts;
        this.table = mapping.name();
    }

    static List<Finding> of(TableMapping mapping, TableCounts counts) {
        return new CountFindings(mapping, counts).list();
    }

    private List<Finding> list() {
        filter();
        collapsed();
        devices();
        String time =
                mapping.timeColumns().stream()
                        .map(Column::name)
                        .collect(Collectors.joining(", ", table + ".", ""));
        warn(
                counts.nullTimes(),
                time,
                "have no time: it is null, no date, or none that IoTDB could hold",
                "they are rejected; give them a time in MySQL if they matter");
        warn(
                counts.unreadTimes().rows(),
                time,
                "have a text that is no time of this timestamp_format, or none that IoTDB could"
                        + " hold, such as \""
                        + shown(counts.unreadTimes().example())
                        + "\"",
                "they are rejected; correct timestamp_format, or the texts if they matter");
        values(
                counts.unreadable(),
                "have a text that is no number or truth value",
                "they are rejected; set on_invalid: skip to keep them without this value");
        values(
                counts.skipped(),
                "have a value that is left out by on_invalid: skip",
                "nothing, if so meant");
        values(
                counts.zeroDates(),
                "have a zero date, which becomes a null",
                "nothing, if so meant");
        values(
                counts.notBoolean(),
                "have another number than 0 and 1, which BOOLEAN cannot hold",
                "set type: INT32 for this measurement, or they are rejected");
        values(
                counts.tooLarge(),
                "have a number above 9223372036854775807, which INT64 cannot hold",
                "set type: TEXT for this measurement, or they are rejected");
        values(
                counts.tooEarly(),
                "have a date before the year 1000, which DATE cannot hold",
                "set type: TEXT for this measurement, or they are rejected");
        nothingArrives();
        return findings;
    }

    private void filter() {
        if (counts.rows() == 0 && !mapping.filter().isEveryRow()) {
            findings.add(
                    Finding.warning(
                            table,
                            "has no row that where takes: " + mapping.filter().text(),
                            "correct where, if rows are to arrive"));
        }
    }

    private void nothingArrives() {
        if (counts.rows() > 0 && counts.lost() >= counts.rows()) {
            findings.add(
                    Finding.error(
                            ExitCode.CONFIG,
                            table,
                            String.format(
                                    Locale.ROOT,
                                    "none of its %,d rows%s would arrive in IoTDB",
                                    counts.rows(),
                                    ofSample()),
                            "see the warnings about it; choose another timestamp_field or"
                                    + " device_template, or leave the table out"));
        }
    }

    private void collapsed() {
        boolean keyed = !mapping.keyColumns().isEmpty();
        String winner =
                switch (mapping.onDuplicate()) {
                    case LAST ->
                            keyed
                                    ? "on_duplicate: last keeps the one with the highest primary"
                                            + " key"
                                    : UNDEFINED;
                    case FIRST ->
                            keyed
                                    ? "on_duplicate: first keeps the one with the lowest primary"
                                            + " key"
                                    : UNDEFINED;
                    case FAIL -> "on_duplicate: fail stops the backfill at the first of them";
                };
        String point = mapping.isTall() ? "device, name and time" : "device and time";
        warn(
                counts.collapsed(),
                table,
                "share " + point + " with another row, and IoTDB holds one row for both",
                winner
                        + (mapping.onDuplicate() == OnDuplicate.FAIL
                                ? ""
                                : "; add a column to device_template if all must stay"));
        if (counts.collapsed() == 0) {
            findings.add(Finding.ok(table, "no two rows share " + point + ofSample()));
        }
    }

    private void devices() {
        TableCounts.Devices devices = counts.devices();
        warn(
                devices.nullRows(),
                table,
                "have no name for their "
                        + (mapping.isTall() ? "device or measurement" : "device")
                        + ": it is null, empty or a zero date",
                "they are rejected; name their device in MySQL if they matter");
        warn(
                devices.illegalRows(),
                table,
                mapping.isTall()
                        ? "have a name that IoTDB cannot have, or that another name makes, too,"
                                + " such as "
                                + devices.illegalExample()
                        : "are of a device that IoTDB cannot have, such as "
                                + devices.illegalExample(),
                mapping.isTall()
                        ? "they are rejected; put text before or behind the braces that no name"
                                + " has"
                        : "they are rejected; put text before the column in device_template, such"
                                + " as device_{column}");
        if (mapping.isTall()) {
            names(devices);
        } else if (devices.quoted() > 0) {
            findings.add(
                    Finding.ok(
                            table,
                            devices.quoted()
                                    + " of "
                                    + devices.count()
                                    + " devices"
                                    + ofSample()
                                    + " have a name that needs backticks in queries, such as "
                                    + devices.quotedExample()));
        }
    }

    private void names(TableCounts.Devices devices) {
        String made =
                String.format(
                        Locale.ROOT,
                        "its rows%s have %,d names, which make %,d series",
                        ofSample(),
                        devices.names(),
                        devices.count() * mapping.measurements().size());
        findings.add(
                devices.names() > MANY_NAMES
                        ? Finding.warning(
                                table,
                                made + ": IoTDB keeps the name of every series in memory",
                                "move a column from the braces into device_template, if fewer will"
                                        + " do")
                        : Finding.ok(table, made));
    }

    private void values(Map<String, Long> rows, String what, String remedy) {
        rows.forEach((column, count) -> warn(count, table + "." + column, what, remedy));
    }

    private void warn(long rows, String subject, String what, String remedy) {
        if (rows > 0) {
            String of = String.format(Locale.ROOT, "%,d of %,d rows", rows, counts.rows());
            findings.add(Finding.warning(subject, of + ofSample() + " " + what, remedy));
        }
    }

    private static String shown(@Nullable String text) {
        String line = String.valueOf(text).replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "..." : line;
    }

    private String ofSample() {
        return counts.sampled() ? " in a sample" : "";
    }
}
