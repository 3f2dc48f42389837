package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.where.Condition;
import io.iotdbmigrate.config.where.Condition.ColumnName;
import io.iotdbmigrate.config.where.Condition.Comparison;
import io.iotdbmigrate.config.where.Condition.NumberLiteral;
import io.iotdbmigrate.config.where.Condition.TextLiteral;
import io.iotdbmigrate.config.where.WhereConfig;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A planner that decides how a row is compared with {@code where}. What MySQL and this program
 * could decide differently is an error.
 */
final class FilterPlanner {
    /** The years of a YEAR that are no short form of another. */
    private static final BigDecimal FIRST_YEAR = BigDecimal.valueOf(1901);

    private static final BigDecimal LAST_YEAR = BigDecimal.valueOf(2155);

    /** Stands where an error was found. */
    private static final RowCondition NONE = RowFilter.EVERY_ROW.condition();

    private final @Nullable WhereConfig config;
    private final FilterMoments moments;
    private final SchemaFindings findings;
    private final Map<String, Column> known = new LinkedHashMap<>();
    private List<Column> read = List.of();

    /**
     * @param config null if all rows are mapped
     * @param zone in which a text names a TIMESTAMP
     */
    FilterPlanner(@Nullable WhereConfig config, ZoneId zone, SchemaFindings findings) {
        this.config = config;
        this.moments = new FilterMoments(zone);
        this.findings = findings;
    }

    /** Returns the columns that are compared; without those that the table does not have. */
    List<Column> columns() {
        if (config != null) {
            names(config.condition())
                    .map(FilterPlanner::lower)
                    .distinct()
                    .forEach(
                            name ->
                                    findings.find("where: " + config.text(), name)
                                            .ifPresent(column -> known.put(name, column)));
        }
        return List.copyOf(known.values());
    }

    private static Stream<String> names(Condition condition) {
        if (condition instanceof Condition.And and) {
            return and.conditions().stream().flatMap(FilterPlanner::names);
        }
        if (condition instanceof Condition.Or or) {
            return or.conditions().stream().flatMap(FilterPlanner::names);
        }
        if (condition instanceof Condition.Not not) {
            return names(not.condition());
        }
        if (condition instanceof Condition.IsNull isNull) {
            return Stream.of(isNull.column());
        }
        Comparison comparison = (Comparison) condition;
        Stream<String> left = Stream.of(comparison.column().name());
        return comparison.operand() instanceof ColumnName right
                ? Stream.concat(left, Stream.of(right.name()))
                : left;
    }

    /**
     * Decides; findings have what is wrong.
     *
     * @param all the columns that are read
     */
    RowFilter plan(List<Column> all) {
        if (config == null) {
            return RowFilter.EVERY_ROW;
        }
        read = all;
        return new RowFilter(config.text(), plan(config.condition()));
    }

    private RowCondition plan(Condition condition) {
        if (condition instanceof Condition.And and) {
            return new RowCondition.All(and.conditions().stream().map(this::plan).toList());
        }
        if (condition instanceof Condition.Or or) {
            return new RowCondition.Any(or.conditions().stream().map(this::plan).toList());
        }
        if (condition instanceof Condition.Not not) {
            return new RowCondition.Not(plan(not.condition()));
        }
        if (condition instanceof Condition.IsNull isNull) {
            Column column = known.get(lower(isNull.column()));
            return column == null ? NONE : new RowCondition.IsNull(read.indexOf(column));
        }
        Comparison comparison = (Comparison) condition;
        Column column = known.get(lower(comparison.column().name()));
        return column == null ? NONE : compare(comparison, column);
    }

    private RowCondition compare(Comparison comparison, Column column) {
        Kind kind = column.type().kind();
        boolean isText = kind.isText() && !kind.isAddress();
        if (comparison.column().binary() && !isText) {
            return refused(
                    comparison,
                    column,
                    "BINARY is for columns of text and this is " + column.type(),
                    "remove BINARY");
        }
        if (comparison.operand() instanceof ColumnName other) {
            return columns(comparison, column, other);
        }
        if (isNumber(kind) || kind == Kind.BIT || kind == Kind.YEAR) {
            return number(comparison, column);
        }
        if (isText) {
            return text(comparison, column);
        }
        if (FilterMoments.isMoment(kind)) {
            return moment(comparison, column);
        }
        boolean rounded = kind == Kind.FLOAT || kind == Kind.DOUBLE;
        return refused(
                comparison,
                column,
                column.type()
                        + (rounded
                                ? " is a rounded number, which MySQL and the binlog's side do not"
                                        + " compare alike"
                                : " cannot be compared alike by MySQL and the binlog's side"),
                "ask for IS NULL or IS NOT NULL only, or compare a VIRTUAL generated column that is"
                        + (rounded ? " DECIMAL" : " a number or text"));
    }

    private static boolean isNumber(Kind kind) {
        return kind.isInteger() || kind == Kind.DECIMAL;
    }

    private RowCondition columns(Comparison comparison, Column column, ColumnName other) {
        Column right = known.get(lower(other.name()));
        if (right == null) {
            return NONE;
        }
        if (!isNumber(column.type().kind()) || !isNumber(right.type().kind())) {
            return refused(
                    comparison,
                    column,
                    "two columns are compared if both are integers or DECIMAL, and these are "
                            + column.type()
                            + " and "
                            + right.type(),
                    "compare each with a number or a text");
        }
        return new RowCondition.CompareColumns(
                read.indexOf(column), comparison.operator(), read.indexOf(right));
    }

    private RowCondition number(Comparison comparison, Column column) {
        if (!(comparison.operand() instanceof NumberLiteral literal)) {
            return refused(
                    comparison,
                    column,
                    column.type() + " is a number and is compared with a text",
                    "write the number without quotes");
        }
        BigDecimal number = literal.value();
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        if (column.type().kind() == Kind.YEAR
                && (!whole
                        || number.compareTo(FIRST_YEAR) < 0
                        || number.compareTo(LAST_YEAR) > 0)) {
            return refused(
                    comparison,
                    column,
                    "YEAR takes other numbers than 1901 to 2155 for the short form of a year",
                    "write all four digits of one of these years");
        }
        if (column.type().kind() == Kind.BIT && !whole) {
            return refused(
                    comparison,
                    column,
                    "BIT is compared with whole numbers only",
                    "write a whole number");
        }
        return new RowCondition.CompareNumber(read.indexOf(column), comparison.operator(), number);
    }

    private RowCondition text(Comparison comparison, Column column) {
        if (!(comparison.operand() instanceof TextLiteral literal)) {
            return refused(
                    comparison,
                    column,
                    column.type() + " is a text and is compared with a number",
                    "write the text in single quotes");
        }
        FilterTexts texts = new FilterTexts(column);
        boolean binary = comparison.column().binary();
        Optional<FilterTexts.Refusal> refusal =
                binary ? Optional.empty() : texts.refusal(comparison.operator(), literal.value());
        if (refusal.isPresent()) {
            return refused(comparison, column, refusal.get().message(), refusal.get().remedy());
        }
        return new RowCondition.CompareText(
                read.indexOf(column),
                comparison.operator(),
                literal.value(),
                !binary && texts.pads());
    }

    private RowCondition moment(Comparison comparison, Column column) {
        String text = comparison.operand() instanceof TextLiteral literal ? literal.value() : null;
        if (text == null) {
            return refused(
                    comparison,
                    column,
                    column.type() + " is compared with a number",
                    "write " + FilterMoments.form(column.type().kind()));
        }
        try {
            return new RowCondition.CompareMoment(
                    read.indexOf(column), comparison.operator(), moments.read(text, column.type()));
        } catch (RejectedValueException e) {
            return refused(
                    comparison,
                    column,
                    "'" + text + "' " + e.getMessage(),
                    "write " + FilterMoments.form(column.type().kind()));
        }
    }

    private RowCondition refused(
            Comparison comparison, Column column, String message, String remedy) {
        findings.error(
                column.name(), "where has " + comparison.text() + ", and " + message, remedy);
        return NONE;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
