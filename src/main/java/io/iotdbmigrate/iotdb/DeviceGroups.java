package io.iotdbmigrate.iotdb;

import java.util.ArrayList;
import java.util.List;

/** How many devices one query may name. */
public final class DeviceGroups {
    /** Planning a query over more of them at once takes more memory than a small server has. */
    public static final int MOST = 500;

    private DeviceGroups() {}

    /** Returns the devices in their order, at most {@link #MOST} together; the groups are views. */
    public static <D> List<List<D>> of(List<D> devices) {
        return of(devices, MOST);
    }

    /** Groups as {@link #of(List)}, but at most so many together as given. */
    public static <D> List<List<D>> of(List<D> devices, int atMost) {
        int size = Math.min(MOST, atMost);
        List<List<D>> groups = new ArrayList<>();
        for (int from = 0; from < devices.size(); from += size) {
            groups.add(devices.subList(from, Math.min(devices.size(), from + size)));
        }
        return groups;
    }
}
