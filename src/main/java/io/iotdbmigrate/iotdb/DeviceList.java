package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.PathNode;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iotdb.rpc.StatementExecutionException;

/** The devices of a template that IoTDB has. */
public final class DeviceList {
    private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{0,8})");

    private DeviceList() {}

    /**
     * A device.
     *
     * @param versions paths of its corrections, the first correction first; {@code on_update:
     *     version} makes them
     */
    public record Found(String path, List<String> versions) implements Serializable {
        public Found {
            versions = List.copyOf(versions);
        }
    }

    /**
     * Asks the server.
     *
     * @param versions whether {@code <device>.v<k>} are corrections of a device
     * @throws UserException exit code 5, if the server refuses to say
     * @throws IOException if it was away for longer than the retries last
     */
    public static List<Found> of(Retries retries, DeviceTemplate template, boolean versions)
            throws IOException {
        String pattern = template.wholeNodePattern();
        Map<String, TreeMap<Integer, String>> found = new LinkedHashMap<>();
        for (String device : devices(retries, pattern)) {
            if (template.matches(device)) {
                found.put(device, new TreeMap<>());
            }
        }
        if (versions) {
            for (String device : devices(retries, pattern + ".*")) {
                List<String> names = PathNode.split(device);
                String parent = DeviceTemplate.path(names.subList(0, names.size() - 1));
                Matcher version = VERSION.matcher(names.get(names.size() - 1));
                if (version.matches() && template.matches(parent)) {
                    found.computeIfAbsent(parent, p -> new TreeMap<>())
                            .put(Integer.parseInt(version.group(1)), device);
                }
            }
        }
        List<Found> devices = new ArrayList<>();
        found.forEach((path, v) -> devices.add(new Found(path, List.copyOf(v.values()))));
        return devices;
    }

    private static List<String> devices(Retries retries, String pattern) throws IOException {
        try {
            return retries.call(
                    session -> {
                        List<String> devices = new ArrayList<>();
                        ServerQuery.each(
                                session,
                                "SHOW DEVICES " + pattern,
                                row -> devices.add(row.get("Device")));
                        return devices;
                    });
        } catch (StatementExecutionException e) {
            throw new UserException(
                    ExitCode.IOTDB,
                    "IoTDB refuses to list the devices " + pattern + ": " + e.getMessage(),
                    e);
        }
    }
}
