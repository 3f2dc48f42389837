package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.mapping.TagValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Devices of a table as the server lists them, each with its corrections. */
final class TableDevices {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private TableDevices() {}

    /** Makes one of all that differ in {@link TagNaming#VERSION} only. */
    static List<StoredDevice> of(TagNaming tags, List<TagValues> listed) {
        Map<String, SortedMap<Integer, String>> found = new LinkedHashMap<>();
        for (TagValues device : listed) {
            if (!tags.hasVersions()) {
                found.put(device.text(), new TreeMap<>());
                continue;
            }
            String number = device.last();
            if (number == null || NUMBER.matcher(number).matches()) {
                SortedMap<Integer, String> versions =
                        found.computeIfAbsent(
                                device.withLast(null).text(), text -> new TreeMap<>());
                if (number != null) {
                    versions.put(Integer.valueOf(number), device.text());
                }
            }
        }
        List<StoredDevice> devices = new ArrayList<>();
        found.forEach(
                (text, versions) ->
                        devices.add(new StoredDevice(text, List.copyOf(versions.values()))));
        return devices;
    }
}
