package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TreePath;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iotdb.rpc.StatementExecutionException;

/** The devices of a template that IoTDB has. */
final class DeviceList {
    private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{0,8})");

    private DeviceList() {}

    /**
     * Asks the server.
     *
     * @param versions whether {@code <device>.v<k>} are corrections of a device
     * @throws UserException exit code 5, if the server refuses to say
     * @throws IOException if it was away for longer than the retries last
     */
    static List<StoredDevice> of(Retries retries, DeviceTemplate template, boolean versions)
            throws IOException {
        Map<String, TreeMap<Integer, String>> found = new LinkedHashMap<>();
        for (String device : matching(retries, template.wholeNodePattern())) {
            if (template.matches(device)) {
                found.put(device, new TreeMap<>());
            }
        }
        if (versions) {
            for (Version version : versions(retries, template)) {
                found.computeIfAbsent(version.device(), p -> new TreeMap<>())
                        .put(version.number(), version.path());
            }
        }
        List<StoredDevice> devices = new ArrayList<>();
        found.forEach((path, v) -> devices.add(new StoredDevice(path, List.copyOf(v.values()))));
        return devices;
    }

    /** {@code <device>.v<number>}, where {@code on_update: version} keeps corrections. */
    record Version(String device, int number, String path) {}

    /** Returns all corrections of the template's devices. */
    static List<Version> versions(Retries retries, DeviceTemplate template) throws IOException {
        List<Version> versions = new ArrayList<>();
        for (String path : matching(retries, template.wholeNodePattern() + ".*")) {
            List<String> names = TreePath.split(path);
            String device = TreePath.of(names.subList(0, names.size() - 1));
            Matcher version = VERSION.matcher(names.get(names.size() - 1));
            if (version.matches() && template.matches(device)) {
                versions.add(new Version(device, Integer.parseInt(version.group(1)), path));
            }
        }
        return versions;
    }

    /** Returns the paths of all devices that match a pattern, see {@link DeviceTemplate#normal}. */
    static List<String> matching(Retries retries, String pattern) throws IOException {
        try {
            return retries.call(
                    session -> {
                        List<String> devices = new ArrayList<>();
                        ServerQuery.each(
                                session,
                                "SHOW DEVICES " + pattern,
                                row ->
                                        devices.add(
                                                TreePath.normal(
                                                        String.valueOf(row.get("Device")))));
                        return devices;
                    });
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to list the devices " + pattern, e);
        }
    }
}
