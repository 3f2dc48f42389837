package io.iotdbmigrate.mysql.rows;

import static java.util.Collections.nCopies;

import io.iotdbmigrate.config.TimePrefix;
import io.iotdbmigrate.mapping.CanonicalText;
import io.iotdbmigrate.mapping.RowTime;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.mysql.rows.PointSql.Condition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * SQL that finds the rows whose time may be a given one of IoTDB. It finds too many rather than too
 * few. One instance serves one mapping.
 */
final class TimePoints {
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long MICROS = 1_000_000L;
    private static final int LAST_YEAR = 9999;

    private final TableMapping mapping;
    private final RowTime time;
    private final List<Column> columns;

    TimePoints(TableMapping mapping) {
        this.mapping = mapping;
        this.time = mapping.time();
        this.columns = mapping.timeColumns();
    }

    /**
     * Returns the condition that the time is one of those, which are in IoTDB's unit.
     *
     * @return empty if no row can have any of them
     */
    Optional<Condition> anyOf(Collection<Long> times) {
        List<String> any = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        List<Object> single = new ArrayList<>();
        for (long at : times) {
            if (time instanceof RowTime.Count count) {
                addCount(at, count, any, parameters, single);
            } else if (time instanceof RowTime.CountAndFraction count) {
                addFraction(at, count, any, parameters);
            } else if (time instanceof RowTime.Text text) {
                List<String> prefixes = TimePrefix.of(text.format(), instant(at), mapping.zone());
                if (prefixes.isEmpty()) {
                    return Optional.of(Condition.ALWAYS);
                }
                for (String prefix : prefixes) {
                    any.add(name(0) + " LIKE ? ESCAPE '|'");
                    parameters.add(prefix + "%");
                }
            } else {
                addDates(at, any, parameters);
            }
        }
        if (!single.isEmpty()) {
            any.add(name(0) + " IN (" + String.join(", ", nCopies(single.size(), "?")) + ")");
            parameters.addAll(single);
        }
        return any.isEmpty()
                ? Optional.empty()
                : Optional.of(new Condition("(" + String.join(" OR ", any) + ")", parameters));
    }

    private String name(int index) {
        return SqlName.quote(columns.get(index).name());
    }

    /** Adds the numbers of a point; where only one can be, it joins the {@code single} ones. */
    private void addCount(
            long at,
            RowTime.Count count,
            List<String> any,
            List<Object> parameters,
            List<Object> single) {
        int finer = count.unit().fractionDigits() - mapping.precision().fractionDigits();
        BigDecimal from = BigDecimal.valueOf(at).movePointRight(finer);
        BigDecimal to = BigDecimal.valueOf(at).add(BigDecimal.ONE).movePointRight(finer);
        Kind kind = columns.get(0).type().kind();
        if (kind == Kind.DOUBLE) {
            // Both ends a unit and a step of the DOUBLE further out, for what was rounded.
            double unit = BigDecimal.ONE.movePointRight(finer).doubleValue();
            any.add(name(0) + " BETWEEN ? AND ?");
            parameters.add(from.doubleValue() - unit - Math.ulp(from.doubleValue()));
            parameters.add(to.doubleValue() + unit + Math.ulp(to.doubleValue()));
        } else if (kind == Kind.DECIMAL) {
            any.add("(" + name(0) + " >= ? AND " + name(0) + " < ?)");
            parameters.add(from);
            parameters.add(to);
        } else {
            BigDecimal first = from.setScale(0, RoundingMode.CEILING);
            BigDecimal last = to.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
            if (first.compareTo(last) == 0) {
                single.add(first);
            } else if (first.compareTo(last) < 0) {
                any.add(name(0) + " BETWEEN ? AND ?");
                parameters.add(first);
                parameters.add(last);
            }
        }
    }

    private void addFraction(
            long at, RowTime.CountAndFraction count, List<String> any, List<Object> parameters) {
        int finer = count.fractionUnit().fractionDigits() - mapping.precision().fractionDigits();
        BigInteger first =
                BigDecimal.valueOf(at)
                        .movePointRight(finer)
                        .setScale(0, RoundingMode.CEILING)
                        .toBigInteger();
        BigInteger last =
                BigDecimal.valueOf(at)
                        .add(BigDecimal.ONE)
                        .movePointRight(finer)
                        .setScale(0, RoundingMode.CEILING)
                        .toBigInteger()
                        .subtract(BigInteger.ONE);
        if (first.compareTo(last) > 0) {
            return;
        }
        BigInteger perUnit = BigInteger.valueOf(count.finerPerUnit());
        BigInteger[] from = floor(first, perUnit);
        BigInteger[] to = floor(last, perUnit);
        if (from[0].equals(to[0])) {
            any.add("(" + name(0) + " = ? AND " + name(1) + " BETWEEN ? AND ?)");
            parameters.addAll(List.of(from[0], from[1], to[1]));
        } else {
            any.add(name(0) + " BETWEEN ? AND ?");
            parameters.addAll(List.of(from[0], to[0]));
        }
    }

    private static BigInteger[] floor(BigInteger number, BigInteger by) {
        BigInteger rest = number.mod(by);
        return new BigInteger[] {number.subtract(rest).divide(by), rest};
    }

    private Instant instant(long at) {
        int digits = mapping.precision().fractionDigits();
        BigInteger[] parts = floor(BigInteger.valueOf(at), BigInteger.TEN.pow(digits));
        return Instant.ofEpochSecond(
                parts[0].longValueExact(),
                parts[1].multiply(BigInteger.TEN.pow(9 - digits)).longValueExact());
    }

    /** Adds the dates of a point. Where clocks change, also what is an hour away. */
    private void addDates(long at, List<String> any, List<Object> parameters) {
        boolean absolute = columns.get(0).type().kind() == Kind.TIMESTAMP;
        ZoneId zone = absolute ? ZoneOffset.UTC : mapping.zone();
        LocalDateTime local = LocalDateTime.ofInstant(instant(at), zone);
        if (local.getYear() < 0 || local.getYear() > LAST_YEAR) {
            return;
        }
        long micros = ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), local);
        long last = mapping.precision().fractionDigits() < 6 ? 999 : 0;
        boolean clocksChange = !zone.getRules().isFixedOffset();
        for (long shift :
                clocksChange ? new long[] {-HOUR_MICROS, 0, HOUR_MICROS} : new long[] {0}) {
            long from = micros + shift;
            if (time instanceof RowTime.DateAndTime) {
                long day = Math.floorDiv(from, 86_400 * MICROS);
                long ofDay = from - day * 86_400 * MICROS;
                any.add("(" + name(0) + " = ? AND " + name(1) + " BETWEEN ? AND ?)");
                parameters.add(CanonicalText.of(day, columns.get(0).type()));
                parameters.add(CanonicalText.of(ofDay, columns.get(1).type()));
                parameters.add(CanonicalText.of(ofDay + last, columns.get(1).type()));
            } else {
                any.add(name(0) + " BETWEEN ? AND ?");
                parameters.add(text(from));
                parameters.add(text(from + last));
            }
        }
    }

    private String text(long localMicros) {
        Column column = columns.get(0);
        return column.type().kind() == Kind.DATE
                ? CanonicalText.of(Math.floorDiv(localMicros, 86_400 * MICROS), column.type())
                : CanonicalText.of(localMicros, column.type()).replace("Z", "");
    }
}
