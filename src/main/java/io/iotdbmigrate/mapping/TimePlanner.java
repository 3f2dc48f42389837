package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.config.TimeConfig;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A planner that decides how the time of a row is read, or says why it cannot be. */
final class TimePlanner {
    private static final String COLLAPSE =
            "rows of a device that then share a time collapse; use an IoTDB with"
                    + " timestamp_precision=us if that must not be";

    private final TimeConfig config;
    private final TimePrecision precision;
    private final SchemaFindings findings;

    TimePlanner(TimeConfig config, TimePrecision precision, SchemaFindings findings) {
        this.config = config;
        this.precision = precision;
        this.findings = findings;
    }

    /** Returns the columns of the time; without those that the table does not have. */
    List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (String field : config.fields()) {
            Optional<Column> found = findings.find("timestamp_field", field);
            found.ifPresent(columns::add);
        }
        columns.stream()
                .filter(Column::nullable)
                .forEach(
                        column ->
                                findings.warning(
                                        column,
                                        "is the time and may be null",
                                        "rows with a null there are rejected"));
        return columns;
    }

    /**
     * Decides; empty where a finding is an error.
     *
     * @param columns of the time
     * @param read all columns that are read
     */
    Optional<RowTime> plan(List<Column> columns, List<Column> read) {
        if (columns.size() < config.fields().size()) {
            return Optional.empty();
        }
        List<Integer> at = columns.stream().map(read::indexOf).toList();
        return columns.size() == 1
                ? ofOne(columns.get(0), at.get(0))
                : ofTwo(columns.get(0), columns.get(1), at);
    }

    private Optional<RowTime> ofOne(Column column, int at) {
        Kind kind = column.type().kind();
        if (isText(kind)) {
            return ofText(column, at);
        }
        if (config.format() != null) {
            return refused(
                    column,
                    "timestamp_format is for columns of text and this is " + column.type(),
                    "remove timestamp_format");
        }
        if (isMoment(kind)) {
            if (!config.units().isEmpty()) {
                return refused(
                        column,
                        "timestamp_unit is for columns of numbers and this is " + column.type(),
                        "remove timestamp_unit");
            }
            warnOfLoss(column);
            return Optional.of(new RowTime.Moment(at));
        }
        if (!kind.isInteger() && kind != Kind.DECIMAL && kind != Kind.DOUBLE) {
            return refused(
                    column,
                    column.type() + " cannot be the time",
                    "timestamp_field must be DATETIME, TIMESTAMP, DATE, a number or a text; a"
                            + " VIRTUAL generated column can make one of it");
        }
        if (config.units().isEmpty()) {
            findings.warning(
                    column,
                    (kind.isInteger() ? "is an integer" : "is a number as")
                            + " time without a unit",
                    "ms is assumed; set timestamp_unit to s, ms, us or ns");
        }
        TimestampUnit unit = config.units().isEmpty() ? TimestampUnit.MS : config.units().get(0);
        warnOfFineUnit(column, unit);
        return Optional.of(new RowTime.Count(at, unit));
    }

    private Optional<RowTime> ofText(Column column, int at) {
        if (!config.units().isEmpty()) {
            return refused(
                    column,
                    "timestamp_unit is for columns of numbers and this is " + column.type(),
                    "set timestamp_format instead");
        }
        if (config.format() == null) {
            return refused(
                    column,
                    column.type() + " is the time as text, and its form is not known",
                    "set timestamp_format to a pattern such as yyyy-MM-dd HH:mm:ss, or to iso");
        }
        return Optional.of(new RowTime.Text(at, config.format()));
    }

    private Optional<RowTime> ofTwo(Column first, Column second, List<Integer> at) {
        Kind kind = first.type().kind();
        if (kind == Kind.DATE && second.type().kind() == Kind.TIME) {
            if (!config.units().isEmpty()) {
                return refused(
                        first,
                        "timestamp_unit is for columns of numbers and this is " + first.type(),
                        "remove timestamp_unit");
            }
            warnOfLoss(second);
            return Optional.of(new RowTime.DateAndTime(at.get(0), at.get(1)));
        }
        if (!kind.isInteger() || !second.type().kind().isInteger()) {
            return refused(
                    second,
                    first.type() + " and " + second.type() + " are no time together",
                    "timestamp_field takes two columns that are a DATE and a TIME, or two integers"
                            + " such as [seconds, nanoseconds]");
        }
        if (config.units().size() < 2) {
            return refused(
                    second,
                    "the units of the two columns of the time are not known",
                    "set timestamp_unit to one for each, such as [s, ns]");
        }
        TimestampUnit unit = config.units().get(0);
        TimestampUnit fractionUnit = config.units().get(1);
        if (fractionUnit.fractionDigits() <= unit.fractionDigits()) {
            return refused(
                    second,
                    lower(fractionUnit) + " is not finer than " + lower(unit),
                    "the second column holds the fraction, as in [s, ns]");
        }
        warnOfFineUnit(second, fractionUnit);
        return Optional.of(new RowTime.CountAndFraction(at.get(0), unit, at.get(1), fractionUnit));
    }

    private Optional<RowTime> refused(Column column, String message, String remedy) {
        findings.error(column.name(), message, remedy);
        return Optional.empty();
    }

    private void warnOfLoss(Column column) {
        if (column.type().kind() == Kind.TIME) {
            if (column.type().length() > precision.fractionDigits()) {
                findings.warning(column, TypeRules.cutOff(precision), COLLAPSE);
            }
            return;
        }
        TypeRules.loss(column.type(), TargetType.TIMESTAMP, precision)
                .ifPresent(loss -> findings.warning(column, loss, COLLAPSE));
    }

    private void warnOfFineUnit(Column column, TimestampUnit unit) {
        if (unit.fractionDigits() > precision.fractionDigits()) {
            findings.warning(column, TypeRules.cutOff(precision), COLLAPSE);
        }
    }

    private static boolean isMoment(Kind kind) {
        return kind == Kind.DATETIME || kind == Kind.TIMESTAMP || kind == Kind.DATE;
    }

    private static boolean isText(Kind kind) {
        return kind == Kind.CHAR || kind == Kind.VARCHAR || kind == Kind.TEXT;
    }

    private static String lower(TimestampUnit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }
}
