package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.mapping.CanonicalText;
import io.iotdbmigrate.mapping.RowTime;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.mysql.rows.PointSql.Condition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL that finds the rows of a range of times by the column that holds the time, or the coarse part
 * of it. It finds too many rather than too few, so whoever asks maps what comes.
 */
final class TimeRange {
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long DAY_MICROS = 24 * HOUR_MICROS;
    private static final int LAST_YEAR = 9999;

    private TimeRange() {}

    /**
     * Returns the condition of a range of times, in the unit of IoTDB.
     *
     * @param from included; the smallest number for no bound
     * @param last included; the largest number for no bound
     */
    static Condition between(TableMapping mapping, long from, long last) {
        List<String> terms = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        String name = SqlName.quote(mapping.timeColumns().get(0).name());
        terms.add(name + " IS NOT NULL");
        Object first = from == Long.MIN_VALUE ? null : bound(mapping, from, true);
        if (first != null) {
            terms.add(name + " >= ?");
            parameters.add(first);
        }
        Object end = last == Long.MAX_VALUE ? null : bound(mapping, last, false);
        if (end != null) {
            terms.add(name + " <= ?");
            parameters.add(end);
        }
        return new Condition("(" + String.join(" AND ", terms) + ")", parameters);
    }

    /** Returns a value of the column at the time or outside of the range; null if there is none. */
    private static @Nullable Object bound(TableMapping mapping, long at, boolean lower) {
        if (mapping.time() instanceof RowTime.Text) {
            return null;
        }
        if (mapping.time() instanceof RowTime.Count count) {
            return count(mapping, count.unit(), at, lower);
        }
        if (mapping.time() instanceof RowTime.CountAndFraction count) {
            return count(mapping, count.unit(), at, lower);
        }
        return date(mapping, at, lower);
    }

    private static BigDecimal count(
            TableMapping mapping, TimestampUnit unit, long at, boolean lower) {
        int finer = unit.fractionDigits() - mapping.precision().fractionDigits();
        return lower
                ? BigDecimal.valueOf(at).movePointRight(finer).setScale(0, RoundingMode.FLOOR)
                : BigDecimal.valueOf(at)
                        .add(BigDecimal.ONE)
                        .movePointRight(finer)
                        .setScale(0, RoundingMode.CEILING);
    }

    private static @Nullable String date(TableMapping mapping, long at, boolean lower) {
        Column column = mapping.timeColumns().get(0);
        boolean absolute = column.type().kind() == Kind.TIMESTAMP;
        ZoneId zone = absolute ? ZoneOffset.UTC : mapping.zone();
        Instant instant = instant(mapping, at);
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        if (local.getYear() < 0 || local.getYear() > LAST_YEAR) {
            return null;
        }
        boolean clocksChange = RangePartitions.changesNear(zone.getRules(), instant);
        long micros =
                ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), local)
                        + (clocksChange ? HOUR_MICROS : 1_000) * (lower ? -1 : 1);
        return column.type().kind() == Kind.DATE
                ? CanonicalText.of(Math.floorDiv(micros, DAY_MICROS), column.type())
                : CanonicalText.of(micros, column.type()).replace("Z", "");
    }

    private static Instant instant(TableMapping mapping, long at) {
        long perSecond =
                BigDecimal.ONE
                        .scaleByPowerOfTen(mapping.precision().fractionDigits())
                        .longValueExact();
        return Instant.ofEpochSecond(
                Math.floorDiv(at, perSecond),
                Math.floorMod(at, perSecond) * (1_000_000_000L / perSecond));
    }
}
