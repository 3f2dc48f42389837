package io.iotdbmigrate.config;

import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of measurements with columns in braces, which make a table tall. */
final class TallReader {
    private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");

    private final YamlMap mapping;

    TallReader(YamlMap mapping) {
        this.mapping = mapping;
    }

    /**
     * Reports names that no row could have.
     *
     * @param items of the list that the measurements were read from
     */
    void check(List<YamlValue> items, List<MeasurementConfig> measurements) {
        Optional<MeasurementConfig> tall =
                measurements.stream().filter(m -> hasBraces(m.name())).findFirst();
        if (tall.isEmpty()) {
            return;
        }
        String model = tall.get().name();
        for (int i = 0; i < measurements.size(); i++) {
            String problem = problem(measurements.get(i), tall.get());
            if (!problem.isEmpty()) {
                items.get(i).problem(problem);
                return;
            }
        }
        if ("version".equals(mapping.text("on_update", "what an update does"))) {
            mapping.problem(
                    "on_update",
                    "is version, and the measurement "
                            + model
                            + " has braces: corrections of a tall table cannot be kept beside it;"
                            + " choose overwrite, ignore or fail");
        }
    }

    /**
     * Tells whether rows name their measurements. Those of one time are written apart then, which
     * aligned series do not bear: IoTDB 2.0.1-beta may answer values that were overwritten.
     */
    static boolean isTall(List<MeasurementConfig> measurements) {
        return measurements.stream().anyMatch(m -> hasBraces(m.name()));
    }

    private static boolean hasBraces(String name) {
        return name.indexOf('{') >= 0 || name.indexOf('}') >= 0;
    }

    private static String problem(MeasurementConfig measurement, MeasurementConfig tall) {
        String name = measurement.name();
        if (!hasBraces(name)) {
            return "has the name "
                    + name
                    + " for all rows, and "
                    + tall.name()
                    + " one for each: rows of a tall table would overwrite it for each other; put "
                    + tall.rowName().orElse("braces")
                    + " into its name, too";
        }
        Matcher braces = BRACES.matcher(name);
        while (braces.find()) {
            String column = braces.group(1);
            if (column.isEmpty() || !column.equals(column.strip())) {
                return "has "
                        + braces.group()
                        + " in its name, which names no column; write {column}";
            }
        }
        if (hasBraces(BRACES.matcher(name).replaceAll(""))) {
            return "has the name " + name + ", where a brace is not closed; write {column}";
        }
        if (!measurement.rowName().equals(tall.rowName())) {
            return "is named by "
                    + measurement.rowName().orElse("")
                    + ", and "
                    + tall.name()
                    + " by "
                    + tall.rowName().orElse("")
                    + ": a row of a tall table has one name; use the same columns, with text before"
                    + " or behind";
        }
        if (measurement.field().equals(name)) {
            return "has the name "
                    + name
                    + " and no field; write field: and the column of the value";
        }
        return "";
    }
}
