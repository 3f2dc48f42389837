package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.mapping.RowTime;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time of a row as SQL, the counterpart of {@link io.iotdbmigrate.mapping.RowMapper}. A time
 * that is a text is no time to MySQL: {@link TextTimes} reads it.
 */
final class TimeSql {
    private static final DateTimeFormatter LITERAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private final TableMapping mapping;
    private final RowTime time;
    private final List<Column> columns;

    TimeSql(TableMapping mapping) {
        this.mapping = mapping;
        this.time = mapping.time();
        this.columns = mapping.timeColumns();
    }

    /** Tells whether the time is a text. */
    boolean isText() {
        return time instanceof RowTime.Text;
    }

    /**
     * Writes the time of a row, null where it has none that IoTDB could hold: a date and time, or a
     * number of {@link #unit()}.
     */
    String value() {
        String first = name(0);
        if (time instanceof RowTime.Moment) {
            return noneIf(CountSql.isZeroDate(columns.get(0)) + isTooLate(first), first);
        }
        if (time instanceof RowTime.Count) {
            Kind kind = columns.get(0).type().kind();
            if (kind == Kind.DOUBLE) {
                // MySQL takes the shortest number that names the DOUBLE, as the mapping does.
                return limited("CAST(" + first + " AS DECIMAL(65,20))");
            }
            boolean small = kind.isInteger() && columns.get(0).type().signedBits() <= 33;
            return small ? first : limited(first);
        }
        if (time instanceof RowTime.CountAndFraction count) {
            return "(CASE WHEN "
                    + name(1)
                    + " BETWEEN 0 AND "
                    + (count.finerPerUnit() - 1)
                    + isWithin(first, count.unit())
                    + " THEN CAST("
                    + first
                    + " AS DECIMAL(40,0)) * "
                    + count.finerPerUnit()
                    + " + "
                    + name(1)
                    + " END)";
        }
        if (time instanceof RowTime.DateAndTime) {
            // Compared with 24:00:00, as MySQL rounds a bound to the column's digits.
            String of = "TIMESTAMP(" + first + ", " + name(1) + ")";
            String noTimeOfDay =
                    " OR NOT (" + name(1) + " >= '00:00:00' AND " + name(1) + " < '24:00:00')";
            return noneIf(CountSql.isZeroDate(columns.get(0)) + noTimeOfDay + isTooLate(of), of);
        }
        return first;
    }

    private static String noneIf(String condition, String value) {
        return "(CASE WHEN " + condition + " THEN NULL ELSE " + value + " END)";
    }

    /** Adds the condition of a date and time that is behind the last one IoTDB takes. */
    private String isTooLate(String value) {
        if (columns.get(0).type().kind() == Kind.TIMESTAMP) {
            return "";
        }
        long perSecond = TimestampUnit.valueOf(mapping.precision().name()).perSecond();
        long seconds = mapping.precision().largestTime() / perSecond;
        return " OR " + value + " > " + literal(Instant.ofEpochSecond(seconds));
    }

    /** Writes a number of units, null where a 64-bit number of the server's unit cannot hold it. */
    private String limited(String number) {
        return "(CASE WHEN TRUE" + isWithin(name(0), unit()) + " THEN " + number + " END)";
    }

    private String isWithin(String number, TimestampUnit of) {
        int digits = of.fractionDigits() - mapping.precision().fractionDigits();
        return " AND "
                + number
                + " BETWEEN "
                + BigDecimal.valueOf(Long.MIN_VALUE).movePointRight(digits).toPlainString()
                + " AND "
                + BigDecimal.valueOf(mapping.precision().largestTime())
                        .movePointRight(digits)
                        .toPlainString();
    }

    /** Returns the unit of the number that {@link #value()} is. */
    TimestampUnit unit() {
        if (time instanceof RowTime.Count count) {
            return count.unit();
        }
        if (time instanceof RowTime.CountAndFraction count) {
            return count.fractionUnit();
        }
        throw new IllegalStateException("the time of " + mapping.table() + " is no number");
    }

    /** Tells whether {@link #value()} is a date and time, and no number. */
    boolean isDated() {
        return time instanceof RowTime.Moment || time instanceof RowTime.DateAndTime;
    }

    /**
     * Returns what two rows of one time in IoTDB share: the time, less the fraction that is cut
     * off. Of a text it is the text.
     */
    String identity() {
        int digits = mapping.precision().fractionDigits();
        if (isDated()) {
            long fraction = columns.get(columns.size() - 1).type().length();
            // Cut off, as rounding could make two times one that stay two.
            return fraction > digits
                    ? "LEFT(CAST("
                            + value()
                            + " AS CHAR), "
                            + ("yyyy-mm-dd hh:mm:ss.".length() + digits)
                            + ")"
                    : value();
        }
        if (isText()) {
            return bytes();
        }
        int finer = unit().fractionDigits() - digits;
        boolean fractions =
                time instanceof RowTime.Count && !columns.get(0).type().kind().isInteger();
        if (finer <= 0 && !fractions) {
            return value();
        }
        // Multiplied, as a quotient is rounded after four more digits.
        return "FLOOR("
                + value()
                + " * "
                + BigDecimal.ONE.movePointLeft(finer).toPlainString()
                + ")";
    }

    /** Writes a text that is the time, as its bytes. */
    String bytes() {
        return "CAST(CONVERT(" + name(0) + " USING utf8mb4) AS BINARY)";
    }

    /** Writes which rows have no time, as far as SQL can tell; never null. */
    String isMissing() {
        return value() + " IS NULL";
    }

    /**
     * Writes the conditions of rows from {@code since} on and before {@code until}; none for a
     * text.
     *
     * @param since null: from the beginning
     * @param until null: to the end
     */
    List<String> window(@Nullable Instant since, @Nullable Instant until) {
        List<String> conditions = new ArrayList<>();
        if (isText()) {
            return conditions;
        }
        String of = time.columns().size() == 1 ? name(0) : value();
        if (since != null) {
            conditions.add(of + " >= " + literal(since));
        }
        if (until != null) {
            conditions.add(of + " < " + literal(until));
        }
        return conditions;
    }

    private String literal(Instant instant) {
        if (isDated()) {
            ZoneId zone =
                    columns.get(0).type().kind() == Kind.TIMESTAMP
                            ? ZoneOffset.UTC
                            : mapping.zone();
            return "'" + LITERAL.format(LocalDateTime.ofInstant(instant, zone)) + "'";
        }
        return new BigDecimal(instant.getEpochSecond())
                .add(new BigDecimal(instant.getNano()).movePointLeft(9))
                .movePointRight(unit().fractionDigits())
                .toPlainString();
    }

    /**
     * Writes the smallest time of the table; empty if MySQL cannot tell. An index that begins with
     * the only column of the time answers it at once.
     */
    Optional<String> oldest() {
        if (isText()) {
            return Optional.empty();
        }
        return Optional.of(end("MIN"));
    }

    /** Writes the greatest time of the table, as {@link #oldest} writes the smallest. */
    String newest() {
        return end("MAX");
    }

    private String end(String function) {
        boolean plain = time.columns().size() == 1 && !columns.get(0).type().kind().isText();
        String end = function + "(" + (plain ? name(0) : value()) + ")";
        boolean binary = columns.get(0).type().kind() == Kind.DOUBLE;
        return binary ? "CAST(" + end + " AS DECIMAL(65,20))" : end;
    }

    private String name(int index) {
        return SqlName.quote(columns.get(index).name());
    }
}
