package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.iotdb.AttributeStore;
import io.iotdbmigrate.iotdb.AttributeStore.Last;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.mysql.rows.AttributeRows;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A resolver that gives each device the attributes of its last row, once all rows are there: they
 * were written in any order.
 */
final class AttributeResolver {
    private final BackfillSpec spec;
    private final List<TableMapping> mappings;

    AttributeResolver(BackfillSpec spec) {
        this.spec = spec;
        this.mappings = spec.tables().stream().map(BackfillSpec.Table::mapping).toList();
    }

    /** Gives the devices of all tables theirs. */
    void resolve() throws IOException {
        if (mappings.stream().allMatch(m -> m.attributes().isEmpty())) {
            return;
        }
        try (AttributeRows mysql = new AttributeRows(mappings, spec.mysql());
                Target target = Targets.open(Retries.of(spec.iotdb(), spec.sink()))) {
            for (TargetUnit unit : TargetUnit.of(mappings)) {
                int first = unit.mappings().get(0);
                if (!mappings.get(first).attributes().isEmpty()) {
                    resolve(first, mysql, target.attributes());
                }
            }
            target.flush(spec.databases());
        }
    }

    private void resolve(int index, AttributeRows mysql, AttributeStore store) throws IOException {
        TableMapping mapping = mappings.get(index);
        Map<Device, Last> last = store.last(mapping);
        Map<Device, Long> times = new HashMap<>();
        last.forEach((device, row) -> times.put(device, row.time()));
        Map<Device, Map<Integer, Optional<String>>> changed = new HashMap<>();
        mysql.of(index, times)
                .forEach(
                        (device, values) ->
                                changed.put(device, differing(last.get(device), values)));
        store.set(mapping, changed);
    }

    private static Map<Integer, Optional<String>> differing(
            @Nullable Last now, List<@Nullable String> wanted) {
        Map<Integer, Optional<String>> values = new TreeMap<>();
        for (int a = 0; a < wanted.size(); a++) {
            Optional<String> value = Optional.ofNullable(wanted.get(a));
            if (now == null || !value.equals(Optional.ofNullable(now.attributes().get(a)))) {
                values.put(a, value);
            }
        }
        return values;
    }
}
