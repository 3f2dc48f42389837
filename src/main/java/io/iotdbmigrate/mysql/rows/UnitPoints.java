package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.RowNames;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TableMapping.Measurement;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.rows.DuplicateRows.Point;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The question to MySQL which row stands at a point now, over all tables that write its series:
 * each value as the last table in the declared order has it that writes it and has a row there. Not
 * thread-safe.
 */
public final class UnitPoints implements AutoCloseable {
    private final List<TableMapping> mappings;
    private final List<TargetUnit> units;
    private final int[] unitOf;
    private final DuplicateRows points;

    /**
     * @param mappings of the job; a {@link TableMapping} that is asked about is one of them
     * @param points asks for the rows of one table; closed with this
     */
    public UnitPoints(List<TableMapping> mappings, DuplicateRows points) {
        this.mappings = List.copyOf(mappings);
        this.units = TargetUnit.of(mappings);
        this.unitOf = TargetUnit.unitOf(units);
        this.points = points;
    }

    /**
     * Returns the rows that stand, in the form of one mapping.
     *
     * @param mapping its index
     * @param asked with the canonical values of the columns of device and time, then the names that
     *     look-ups gave
     * @return without the points of which MySQL has no row
     * @throws UserException exit code 6, if {@code on_duplicate} is fail and two rows share a
     *     point, or if two tables want one series in different types
     */
    public Map<Point, TargetRow> standing(int mapping, Map<Point, List<Object>> asked)
            throws IOException {
        TableMapping own = mappings.get(mapping);
        if (!(own.device() instanceof DeviceTemplate template) || !template.hasLookups()) {
            return standing(mapping, asked, m -> m);
        }
        Map<Point, TargetRow> found = new HashMap<>();
        for (Map.Entry<RowNames, Map<Point, List<Object>>> named : byNames(own, asked).entrySet()) {
            found.putAll(standing(mapping, named.getValue(), named.getKey()::in));
        }
        return found;
    }

    /** Returns the points in parts, in each of which every key has one name. */
    private static Map<RowNames, Map<Point, List<Object>>> byNames(
            TableMapping mapping, Map<Point, List<Object>> asked) {
        Map<RowNames, Map<Point, List<Object>>> parts = new LinkedHashMap<>();
        asked.forEach(
                (point, key) -> {
                    RowNames names =
                            parts.keySet().stream()
                                    .filter(known -> known.add(mapping, key))
                                    .findFirst()
                                    .orElseGet(RowNames::new);
                    if (parts.putIfAbsent(names, new LinkedHashMap<>()) == null) {
                        names.add(mapping, key);
                    }
                    parts.get(names).put(point, key);
                });
        return parts;
    }

    private Map<Point, TargetRow> standing(
            int mapping, Map<Point, List<Object>> asked, UnaryOperator<TableMapping> named)
            throws IOException {
        TargetUnit unit = units.get(unitOf[mapping]);
        TableMapping own = named.apply(mappings.get(mapping));
        return unit.isShared()
                ? merged(unit, own, asked.keySet(), named)
                : points.standing(own, asked);
    }

    /**
     * Returns the rows that stand at points of which only device and time are known.
     *
     * @param mapping its index
     * @return without the points of which MySQL has no row
     * @throws UserException as {@link #standing}
     */
    public Map<Point, TargetRow> standingAt(int mapping, Set<Point> asked) throws IOException {
        TargetUnit unit = units.get(unitOf[mapping]);
        TableMapping own = mappings.get(mapping);
        return unit.isShared() ? merged(unit, own, asked, m -> m) : points.standingAt(own, asked);
    }

    /** A value and who has it. */
    private record Held(TableMapping by, TargetType type, @Nullable Object value) {}

    private Map<Point, TargetRow> merged(
            TargetUnit unit, TableMapping own, Set<Point> asked, UnaryOperator<TableMapping> named)
            throws IOException {
        Map<Point, Map<String, Held>> found = new HashMap<>();
        for (int index : unit.mappings()) {
            TableMapping of = named.apply(mappings.get(index));
            for (Map.Entry<Point, TargetRow> row : points.standingAt(of, asked).entrySet()) {
                Map<String, Held> before = found.putIfAbsent(row.getKey(), new HashMap<>());
                if (before != null && of.onDuplicate() == OnDuplicate.FAIL) {
                    throw duplicate(of, row.getKey());
                }
                put(of, row.getValue(), Objects.requireNonNull(found.get(row.getKey())));
            }
        }
        Map<Point, TargetRow> standing = new HashMap<>();
        found.forEach(
                (point, values) ->
                        standing.put(
                                point,
                                new TargetRow(
                                        point.device(), point.time(), values(own, point, values))));
        return standing;
    }

    private static void put(TableMapping of, TargetRow row, Map<String, Held> values) {
        for (int m = 0; m < of.measurements().size(); m++) {
            Measurement measurement = of.measurements().get(m);
            values.put(measurement.name(), new Held(of, measurement.type(), row.values()[m]));
        }
    }

    private static @Nullable Object[] values(
            TableMapping own, Point point, Map<String, Held> found) {
        Object[] values = new Object[own.measurements().size()];
        for (int m = 0; m < values.length; m++) {
            Measurement measurement = own.measurements().get(m);
            Held held = found.get(measurement.name());
            if (held != null && held.value() != null) {
                if (held.type() != measurement.type()) {
                    throw otherType(own, measurement, held, point);
                }
                values[m] = held.value();
            }
        }
        return values;
    }

    private static UserException duplicate(TableMapping of, Point point) {
        return new UserException(
                ExitCode.JOB_FAILED,
                "a row of "
                        + of.table()
                        + " and one of another table share device "
                        + point.device().path()
                        + " and time "
                        + point.time()
                        + ", and on_duplicate is fail; remove all but one, or set on_duplicate to"
                        + " last or first, and start cdc again");
    }

    private static UserException otherType(
            TableMapping own, Measurement measurement, Held held, Point point) {
        return new UserException(
                ExitCode.JOB_FAILED,
                "device "
                        + point.device().path()
                        + " has rows in "
                        + own.table()
                        + ", where "
                        + measurement.name()
                        + " is "
                        + measurement.type()
                        + ", and in "
                        + held.by().table()
                        + ", where it is "
                        + held.type()
                        + ", such as at "
                        + point.time()
                        + "; give both the same type: in the config, then copy them anew with"
                        + " backfill --restart");
    }

    @Override
    public void close() {
        points.close();
    }
}
