package io.iotdbmigrate.config;

import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.MappingConfig.OnInvalid;
import io.iotdbmigrate.config.yaml.Scalars;
import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code measurements} of one mapping. */
final class MeasurementReader {
    private static final String EXPECTED =
            "a list of measurements, such as [{name: temperature}], or all";

    private final YamlMap mapping;
    private final boolean tableModel;
    private final boolean pivot;

    /**
     * @param tableModel whether rows go to IoTDB's table model
     * @param pivot whether the names of rows become columns there
     */
    MeasurementReader(YamlMap mapping, boolean tableModel, boolean pivot) {
        this.mapping = mapping;
        this.tableModel = tableModel;
        this.pivot = pivot;
    }

    boolean isAll() {
        YamlValue value = mapping.get("measurements");
        return value != null && value.isWord("all");
    }

    List<MeasurementConfig> read() {
        if (isAll()) {
            return List.of();
        }
        YamlValue value = mapping.get("measurements");
        List<YamlValue> items = value == null ? List.of() : value.list(EXPECTED);
        if (items == null) {
            return List.of();
        }
        if (items.isEmpty()) {
            mapping.problem("measurements", "names no measurement; write " + EXPECTED);
        }
        List<MeasurementConfig> measurements = new ArrayList<>();
        Map<String, String> firstPaths = new HashMap<>();
        for (YamlValue item : items) {
            YamlMap keys =
                    item.map("name", "field", "type", "encoding", "compression", "on_invalid");
            if (keys != null) {
                if (tableModel) {
                    TableModelReader.refuseTreeOnly(keys, pivot);
                }
                MeasurementConfig measurement = measurement(keys);
                checkName(keys, measurement.name(), firstPaths);
                measurements.add(measurement);
            }
        }
        if (!tableModel) {
            new TallReader(mapping).check(items, measurements);
        }
        return measurements;
    }

    private static MeasurementConfig measurement(YamlMap keys) {
        String name = keys.required("name", "the name of the measurement in IoTDB");
        String field = keys.text("field", "the name of the MySQL column");
        String type = upperCaseWord(keys, "type", SeriesTypes.TYPES);
        String encoding = upperCaseWord(keys, "encoding", SeriesTypes.ENCODINGS);
        checkEncoding(keys, type, encoding);
        return new MeasurementConfig(
                name,
                field == null ? name : field,
                type,
                encoding,
                upperCaseWord(keys, "compression", SeriesTypes.COMPRESSIONS),
                keys.choice("on_invalid", OnInvalid.REJECT));
    }

    private static @Nullable String upperCaseWord(YamlMap keys, String key, List<String> words) {
        YamlValue value = keys.get(key);
        String word = value == null ? null : Scalars.word(value, words);
        return word == null ? null : word.toUpperCase(Locale.ROOT);
    }

    private static void checkEncoding(
            YamlMap keys, @Nullable String type, @Nullable String encoding) {
        if (encoding == null) {
            return;
        }
        if (type == null && !SeriesTypes.isOfAnyType(encoding)) {
            keys.problem(
                    "encoding",
                    "\"" + encoding + "\" is accepted by IoTDB for no type; choose another one");
        } else if (type != null && !SeriesTypes.encodingsOf(type).contains(encoding)) {
            keys.problem(
                    "encoding",
                    String.format(
                            "\"%s\" is not possible for type %s; write one of %s",
                            encoding, type, String.join(", ", SeriesTypes.encodingsOf(type))));
        }
    }

    private static void checkName(YamlMap keys, String name, Map<String, String> firstPaths) {
        String first = name.isEmpty() ? null : firstPaths.putIfAbsent(name, keys.path());
        if (first != null) {
            keys.problem(
                    "name",
                    "\"" + name + "\" is already the name of " + first + "; choose another");
        }
    }
}
