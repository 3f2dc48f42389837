package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.mapping.TableMapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What there is to delete when a mapping's rows are to go, all of them. */
final class ErasePaths {
    private ErasePaths() {}

    /**
     * Returns the paths of all series that the mapping may have filled. A deletion silently matches
     * nothing where a pattern has a wildcard inside a node ({@code d*}), so it is given whole-node
     * patterns if they match no foreign device, else every device by name.
     *
     * @throws IOException if the server was away for longer than the retries last
     */
    static List<String> paths(Retries retries, TableMapping mapping) throws IOException {
        if (mapping.isTall()) {
            return series(mapping, TallDevices.of(retries, mapping));
        }
        String pattern = mapping.template().wholeNodePattern();
        List<String> all = DeviceList.matching(retries, pattern);
        List<String> ours = all.stream().filter(mapping.template()::matches).toList();
        List<String> erased =
                new ArrayList<>(
                        ours.size() == all.size() && !all.isEmpty() ? List.of(pattern) : ours);
        DeviceList.versions(retries, mapping.template())
                .forEach(version -> erased.add(version.path()));
        return series(mapping, erased);
    }

    /** Returns the paths of all series that the mapping may have filled on these devices. */
    static List<String> paths(TableMapping mapping, List<StoredDevice> devices) {
        List<String> erased = new ArrayList<>();
        for (StoredDevice device : devices) {
            erased.add(device.path());
            erased.addAll(device.versions());
        }
        return series(mapping, erased);
    }

    private static List<String> series(TableMapping mapping, List<String> devices) {
        List<String> paths = new ArrayList<>();
        for (String device : devices) {
            mapping.measurements().forEach(m -> paths.add(SeriesPath.of(device, m.name())));
            paths.add(SeriesPath.of(device, mapping.mark()));
        }
        return paths;
    }
}
