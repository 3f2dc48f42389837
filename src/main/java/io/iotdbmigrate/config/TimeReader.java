package io.iotdbmigrate.config;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.config.yaml.Scalars;
import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code timestamp_field}, {@code timestamp_unit} and {@code timestamp_format} of one mapping. */
final class TimeReader {
    private static final String FIELD = "timestamp_field";
    private static final String UNIT = "timestamp_unit";
    private static final String FORMAT = "timestamp_format";
    private static final String MEANING =
            "the column with the time, or two: [seconds, fraction] or [date, time]";

    private final YamlMap mapping;

    TimeReader(YamlMap mapping) {
        this.mapping = mapping;
    }

    TimeConfig read() {
        List<String> fields = fields();
        List<TimestampUnit> units =
                items(UNIT, "one of s, ms, us, ns", v -> Scalars.choice(v, TimestampUnit.class));
        String format = mapping.text(FORMAT, "a pattern such as yyyy-MM-dd HH:mm:ss, or iso");
        if (!units.isEmpty() && units.size() != fields.size()) {
            mapping.problem(
                    UNIT,
                    "has "
                            + count(units.size(), "unit")
                            + " for "
                            + count(fields.size(), "column")
                            + " of timestamp_field; write one for each, such as [s, ns]");
        }
        if (format != null) {
            checkFormat(format, fields, units);
        }
        return new TimeConfig(fields, units, format);
    }

    private List<String> fields() {
        if (!mapping.has(FIELD)) {
            mapping.problem(FIELD, "is missing; add " + MEANING);
            return List.of("");
        }
        List<String> fields = items(FIELD, MEANING, v -> v.text(MEANING));
        YamlValue value = mapping.get(FIELD);
        if (value != null && value.isList()) {
            if (fields.size() < 2 || fields.size() > 2) {
                mapping.problem(
                        FIELD,
                        "is a list of " + count(fields.size(), "column") + "; write " + MEANING);
            } else if (fields.get(0).equalsIgnoreCase(fields.get(1))) {
                mapping.problem(FIELD, "names one column twice; write " + MEANING);
            }
        }
        return fields.isEmpty() ? List.of("") : fields;
    }

    private void checkFormat(String format, List<String> fields, List<TimestampUnit> units) {
        TimePattern.problem(format)
                .ifPresent(
                        problem ->
                                mapping.problem(
                                        FORMAT,
                                        "\""
                                                + format
                                                + "\" "
                                                + problem
                                                + "; write one such as yyyy-MM-dd HH:mm:ss, or"
                                                + " iso"));
        if (!units.isEmpty()) {
            mapping.problem(
                    FORMAT, "is of a text, and timestamp_unit of numbers; remove one of the two");
        } else if (fields.size() > 1) {
            mapping.problem(
                    FORMAT, "is of one column of text, and timestamp_field names two; remove it");
        }
    }

    private <T> List<T> items(
            String key, String expected, Function<YamlValue, @Nullable T> reader) {
        YamlValue value = mapping.get(key);
        if (value == null) {
            return List.of();
        }
        List<YamlValue> values = value.isList() ? value.list(expected) : List.of(value);
        List<T> items = new ArrayList<>();
        for (YamlValue item : values == null ? List.<YamlValue>of() : values) {
            T read = reader.apply(item);
            if (read != null) {
                items.add(read);
            }
        }
        return items;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
