package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.iotdb.AttributeStore;
import io.iotdbmigrate.iotdb.AttributeStore.Last;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.mysql.rows.AttributeRows;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of the attributes of devices. IoTDB tells which row of a device is the last, and
 * what it has; MySQL has the row that they should be of. A device whose last row MySQL has not any
 * more is not compared, and counted. Not thread-safe.
 */
public final class AttributeComparison {
    private final VerifySpec spec;
    private final Mappings mappings;

    /** Devices that were not compared, by the name of their table. */
    private final Map<String, Integer> notCompared = new TreeMap<>();

    /** The mappings of the job with look-ups as they are now. */
    @FunctionalInterface
    public interface Mappings {
        List<TableMapping> now() throws IOException;
    }

    public AttributeComparison(VerifySpec spec, Mappings mappings) {
        this.spec = spec;
        this.mappings = mappings;
    }

    /** Tells whether any table has attributes that can be compared. */
    public boolean isNeeded() {
        for (int unit = 0; unit < spec.units().size(); unit++) {
            if (has(unit)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(int unit) {
        return spec.rules(unit).comparesValues()
                && !spec.mappings(unit).get(0).attributes().isEmpty();
    }

    /** Returns the devices in scope whose attributes differ, each by its last row. */
    public List<Difference> differences() throws IOException {
        notCompared.clear();
        return differences(null);
    }

    /** Returns those of some differences that are still there, as they are now. */
    public List<Difference> again(List<Difference> differences) throws IOException {
        Set<List<Object>> devices = new HashSet<>();
        differences.forEach(d -> devices.add(List.of(d.key().table(), d.key().device())));
        return differences(devices);
    }

    /** Returns sentences about devices whose attributes the last comparison could not compare. */
    public List<String> notCompared() {
        return notCompared.entrySet().stream()
                .map(
                        of ->
                                String.format(
                                        Locale.ROOT,
                                        "the attributes of %,d devices of %s: MySQL does not have"
                                                + " their last row",
                                        of.getValue(),
                                        of.getKey()))
                .toList();
    }

    private List<Difference> differences(@Nullable Set<List<Object>> only) throws IOException {
        List<Difference> found = new ArrayList<>();
        if (!isNeeded()) {
            return found;
        }
        List<TableMapping> now = mappings.now();
        Scope.Filter scope = spec.scope().filter();
        try (Target target = open();
                AttributeRows mysql = new AttributeRows(now, spec.source().mysql().origin())) {
            for (int unit = 0; unit < spec.units().size(); unit++) {
                if (!has(unit)) {
                    continue;
                }
                int first = spec.units().get(unit).mappings().get(0);
                TableMapping mapping = now.get(first);
                Map<Device, Last> last = target.attributes().last(mapping);
                Map<Device, Long> times = new HashMap<>();
                for (Map.Entry<Device, Last> of : last.entrySet()) {
                    boolean wanted =
                            only == null
                                    ? scope.holds(of.getValue().time()) && scope.holds(of.getKey())
                                    : only.contains(List.<Object>of(unit, of.getKey().path()));
                    if (wanted) {
                        times.put(of.getKey(), of.getValue().time());
                    }
                }
                Map<Device, List<@Nullable String>> wanted = mysql.of(first, times);
                int without = times.size() - wanted.size();
                if (only == null && without > 0) {
                    notCompared.put(spec.rules(unit).name(), without);
                }
                compare(unit, mapping, last, wanted, found);
            }
        }
        return found;
    }

    private static void compare(
            int unit,
            TableMapping mapping,
            Map<Device, Last> last,
            Map<Device, List<@Nullable String>> wanted,
            List<Difference> found) {
        wanted.forEach(
                (device, want) -> {
                    Last have = Objects.requireNonNull(last.get(device));
                    List<Cell> cells = new ArrayList<>();
                    for (int a = 0; a < want.size(); a++) {
                        if (!Objects.equals(want.get(a), have.attributes().get(a))) {
                            cells.add(
                                    new Cell(
                                            mapping.attributes().get(a).name(),
                                            value(want.get(a)),
                                            value(have.attributes().get(a))));
                        }
                    }
                    if (!cells.isEmpty()) {
                        found.add(
                                new Difference.Changed(
                                        new RowKey(unit, device.path(), have.time()), cells));
                    }
                });
    }

    private static @Nullable Value value(@Nullable String text) {
        return text == null
                ? null
                : new Value(TargetType.STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sets attributes as MySQL has them.
     *
     * @param deletes whether those are cleared that MySQL has not
     * @return how many were set or cleared
     */
    public long repair(List<Difference> differences, boolean deletes) throws IOException {
        long written = 0;
        try (Target target = open()) {
            AttributeStore store = target.attributes();
            for (Difference difference : differences) {
                TableMapping mapping = spec.mappings(difference.key().table()).get(0);
                List<String> names = mapping.attributes().stream().map(a -> a.name()).toList();
                Map<Integer, Optional<String>> values = new TreeMap<>();
                for (Cell cell : difference.cells()) {
                    if (cell.mysql() != null || deletes) {
                        values.put(names.indexOf(cell.column()), text(cell.mysql()));
                    }
                }
                store.set(mapping, Map.of(Device.of(difference.key().device()), values));
                written += values.size();
            }
            target.flush(spec.source().databases());
        }
        return written;
    }

    /** Returns what a difference says, to compare it with another one. */
    public static Object contents(Difference difference) {
        return List.of(
                difference.key(),
                difference.cells().stream()
                        .map(c -> List.of(c.column(), text(c.mysql()), text(c.iotdb())))
                        .toList());
    }

    /** Returns the text of an attribute; empty if there is none. */
    public static Optional<String> text(@Nullable Value value) {
        return Optional.ofNullable(value)
                .map(v -> new String((byte[]) v.value(), StandardCharsets.UTF_8));
    }

    private Target open() {
        return Targets.open(Retries.of(spec.source().iotdb(), spec.source().sink()));
    }
}
