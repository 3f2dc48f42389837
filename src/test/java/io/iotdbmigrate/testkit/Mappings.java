package io.iotdbmigrate.testkit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** YAML of mappings as most tests have them, for {@link Migration}. */
public final class Mappings {
    private Mappings() {}

    /**
     * Maps a table whose column {@code dev} names the device and {@code ts} is the time in
     * milliseconds. Further lines may follow, indented by two.
     *
     * @param template of the devices; {@code DB} in it stands for the database's IoTDB path
     * @param measurements names, each with further keys behind a comma if it needs some
     */
    public static String deviceTable(String table, String template, String... measurements) {
        return """
        - table: %s
          device_field: dev
          timestamp_field: ts
          timestamp_unit: ms
          device_template: %s
          measurements: [%s]
        """
                .formatted(
                        table,
                        template,
                        Arrays.stream(measurements)
                                .map(m -> "{name: " + m + "}")
                                .collect(Collectors.joining(", ")));
    }
}
