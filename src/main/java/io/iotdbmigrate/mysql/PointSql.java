package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.mapping.CanonicalText;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.PathNode;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.mysql.DuplicateRows.Point;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SQL that finds the rows of a table that may come to a point, from the point alone: its device's
 * name is read backwards through the template. It finds too many rather than too few, so whoever
 * asks maps what comes. One instance serves one mapping.
 */
final class PointSql {
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long MICROS = 1_000_000L;
    private static final int LAST_YEAR = 9999;

    private final TableMapping mapping;
    private final Column time;

    PointSql(TableMapping mapping) {
        this.mapping = mapping;
        this.time = mapping.columns().get(mapping.timeColumn());
    }

    /** A condition and what it is filled with. */
    record Condition(String sql, List<Object> parameters) {}

    /** Returns the condition for a point; empty if no row of the table can come to it. */
    Optional<Condition> at(Point point) {
        List<String> terms = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        boolean possible =
                addDevice(PathNode.split(point.device().path()), terms, parameters)
                        && addTime(point.time(), terms, parameters);
        return possible
                ? Optional.of(new Condition("(" + String.join(" AND ", terms) + ")", parameters))
                : Optional.empty();
    }

    /**
     * Returns the condition for a range of times. It finds too many rows rather than too few.
     *
     * @param from in the unit of IoTDB, included; the smallest number for no bound
     * @param last included; the largest number for no bound
     */
    Condition between(long from, long last) {
        List<String> terms = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        String name = SqlName.quote(time.name());
        terms.add(name + " IS NOT NULL");
        Object first = from == Long.MIN_VALUE ? null : bound(from, true);
        if (first != null) {
            terms.add(name + " >= ?");
            parameters.add(first);
        }
        Object end = last == Long.MAX_VALUE ? null : bound(last, false);
        if (end != null) {
            terms.add(name + " <= ?");
            parameters.add(end);
        }
        return new Condition("(" + String.join(" AND ", terms) + ")", parameters);
    }

    /** Returns a value of the column at the time or outside of it; null if there is none. */
    private @Nullable Object bound(long at, boolean lower) {
        if (!time.type().kind().isInteger()) {
            List<Object[]> dates = dates(at);
            return dates.isEmpty()
                    ? null
                    : lower ? dates.get(0)[0] : dates.get(dates.size() - 1)[1];
        }
        long column = nanos(mapping.timestampUnit());
        long server = nanos(mapping.precision());
        if (column >= server) {
            return Math.floorDiv(at, column / server);
        }
        long factor = server / column;
        boolean fits = Math.abs((double) at + 1) * factor < Long.MAX_VALUE;
        return fits ? (Object) (lower ? at * factor : at * factor + factor - 1) : null;
    }

    private boolean addDevice(List<String> names, List<String> terms, List<Object> parameters) {
        List<DeviceTemplate.Node> nodes = mapping.device().nodes();
        if (names.size() != nodes.size()) {
            return false;
        }
        for (int i = 1; i < names.size(); i++) {
            if (!addNode(nodes.get(i), names.get(i), terms, parameters)) {
                return false;
            }
        }
        return true;
    }

    private boolean addNode(
            DeviceTemplate.Node node, String name, List<String> terms, List<Object> parameters) {
        List<DeviceTemplate.Part> columns =
                node.parts().stream().filter(DeviceTemplate.Part::isColumn).toList();
        if (columns.size() > 1) {
            terms.add(CountSql.nodeName(mapping, node) + " = ?");
            parameters.add(name);
            return true;
        }
        if (columns.isEmpty()) {
            return name.equals(node.parts().get(0).text());
        }
        int at = node.parts().indexOf(columns.get(0));
        String before = text(node.parts().subList(0, at));
        String behind = text(node.parts().subList(at + 1, node.parts().size()));
        if (name.length() <= before.length() + behind.length()
                || !name.startsWith(before)
                || !name.endsWith(behind)) {
            return false;
        }
        String value = name.substring(before.length(), name.length() - behind.length());
        Column column = mapping.columns().get(mapping.columnIndex(columns.get(0).text()));
        Optional<Object> parameter = parameter(value, column);
        parameter.ifPresent(
                p -> {
                    terms.add(SqlName.quote(column.name()) + " = ?");
                    parameters.add(p);
                });
        return parameter.isPresent();
    }

    private static String text(List<DeviceTemplate.Part> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.text()));
        return text.toString();
    }

    /** Returns a value from its text in a device's name; empty if it is none of the column's. */
    private static Optional<Object> parameter(String text, Column column) {
        Kind kind = column.type().kind();
        try {
            if (kind.isInteger() || kind == Kind.DECIMAL || kind == Kind.YEAR || kind == Kind.BIT) {
                return Optional.of(new BigDecimal(text));
            }
            if (kind.isBinary()) {
                return Optional.of(HexFormat.of().parseHex(text));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(kind == Kind.TIMESTAMP ? text.replace("Z", "") : text);
    }

    private boolean addTime(long at, List<String> terms, List<Object> parameters) {
        List<Object[]> ranges = ranges(at);
        List<String> any = new ArrayList<>();
        for (Object[] range : ranges) {
            any.add(SqlName.quote(time.name()) + " BETWEEN ? AND ?");
            parameters.add(range[0]);
            parameters.add(range[1]);
        }
        terms.add("(" + String.join(" OR ", any) + ")");
        return !ranges.isEmpty();
    }

    private List<Object[]> ranges(long at) {
        return time.type().kind().isInteger() ? numbers(at) : dates(at);
    }

    private List<Object[]> numbers(long at) {
        long column = nanos(mapping.timestampUnit());
        long server = nanos(mapping.precision());
        if (column >= server) {
            long factor = column / server;
            return at % factor == 0
                    ? List.<Object[]>of(new Object[] {at / factor, at / factor})
                    : List.of();
        }
        long factor = server / column;
        if (Math.abs((double) at) * factor > Long.MAX_VALUE) {
            return List.of();
        }
        return List.<Object[]>of(new Object[] {at * factor, at * factor + factor - 1});
    }

    private static long nanos(@Nullable TimestampUnit unit) {
        return switch (unit == null ? TimestampUnit.MS : unit) {
            case S -> 1_000_000_000L;
            case MS -> 1_000_000L;
            case US -> 1_000L;
            case NS -> 1L;
        };
    }

    private static long nanos(TimePrecision precision) {
        return switch (precision) {
            case MS -> 1_000_000L;
            case US -> 1_000L;
            case NS -> 1L;
        };
    }

    /** Returns the dates of a point. Where clocks change, also what is an hour away. */
    private List<Object[]> dates(long at) {
        long perSecond = 1_000_000_000L / nanos(mapping.precision());
        Instant instant =
                Instant.ofEpochSecond(
                        Math.floorDiv(at, perSecond),
                        Math.floorMod(at, perSecond) * nanos(mapping.precision()));
        boolean absolute = time.type().kind() == Kind.TIMESTAMP;
        ZoneId zone = absolute ? ZoneOffset.UTC : mapping.zone();
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        if (local.getYear() < 0 || local.getYear() > LAST_YEAR) {
            return List.of();
        }
        long micros = ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), local);
        long last = mapping.precision().fractionDigits() < 6 ? 999 : 0;
        boolean clocksChange = !zone.getRules().isFixedOffset();
        List<Object[]> ranges = new ArrayList<>();
        for (long shift :
                clocksChange ? new long[] {-HOUR_MICROS, 0, HOUR_MICROS} : new long[] {0}) {
            ranges.add(new Object[] {text(micros + shift), text(micros + shift + last)});
        }
        return ranges;
    }

    private String text(long localMicros) {
        return time.type().kind() == Kind.DATE
                ? CanonicalText.of(Math.floorDiv(localMicros, 86_400 * MICROS), time.type())
                : CanonicalText.of(localMicros, time.type()).replace("Z", "");
    }
}
