package io.iotdbmigrate.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * Devices in few groups: each holds devices whose paths follow each other.
 *
 * @param groups paths, none of them empty
 * @param byDevice index of each device's group
 */
record DeviceRows(List<List<String>> groups, Map<String, Integer> byDevice) {
    private static final int MOST_GROUPS = 40;

    static DeviceRows of(SortedSet<String> devices) {
        List<String> sorted = List.copyOf(devices);
        int size = Math.max(1, (sorted.size() + MOST_GROUPS - 1) / MOST_GROUPS);
        List<List<String>> groups = new ArrayList<>();
        Map<String, Integer> byDevice = new HashMap<>();
        for (int from = 0; from < sorted.size(); from += size) {
            List<String> group = sorted.subList(from, Math.min(sorted.size(), from + size));
            int index = groups.size();
            group.forEach(device -> byDevice.put(device, index));
            groups.add(group);
        }
        return new DeviceRows(groups, byDevice);
    }

    /** Returns the group of a device; one behind the last for a device in none. */
    int of(String device) {
        return byDevice.getOrDefault(device, groups.size());
    }
}
