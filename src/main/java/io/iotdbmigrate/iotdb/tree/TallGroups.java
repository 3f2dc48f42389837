package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.DeviceGroups;
import io.iotdbmigrate.mapping.SeriesPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Devices of a tall table that one query can have: those of IoTDB's devices that have the same
 * names. A query has few names, for its answer has a column of each in all rows.
 */
final class TallGroups {
    private static final int MOST_NAMES = 50;

    private TallGroups() {}

    /**
     * Groups them.
     *
     * @param measurement of the tall table, as its mapping has it
     * @return in each the devices of one of IoTDB's after those of the other, with the same names
     *     in the same order
     */
    static List<List<String>> of(List<String> devices, String measurement) {
        Map<String, List<String>> byHolder = new LinkedHashMap<>();
        for (String device : devices) {
            byHolder.computeIfAbsent(SeriesPath.holder(device, measurement), h -> new ArrayList<>())
                    .add(device);
        }
        Map<List<String>, List<String>> open = new LinkedHashMap<>();
        List<List<String>> groups = new ArrayList<>();
        for (List<String> all : byHolder.values()) {
            for (List<String> some : DeviceGroups.of(all, MOST_NAMES)) {
                List<String> names =
                        some.stream().map(d -> SeriesPath.node(d, measurement)).toList();
                List<String> group = open.computeIfAbsent(names, n -> new ArrayList<>());
                group.addAll(some);
                if (group.size() + names.size() > DeviceGroups.MOST) {
                    groups.add(open.remove(names));
                }
            }
        }
        groups.addAll(open.values());
        return groups;
    }
}
