package io.iotdbmigrate.config;

import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** {@code table} or {@code tables} of one mapping. */
final class TablesReader {
    /** Stands for the table's name and for that of its database in a template. */
    static final List<String> WORDS = List.of("table", "database");

    private static final String MEANING =
            "a list of tables, or a regular expression such as 'sqlt_data_(\\d{4})_(\\d{2})'";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

    private final YamlMap mapping;

    TablesReader(YamlMap mapping) {
        this.mapping = mapping;
    }

    /** Reads {@code tables}; null where {@code table} stands in its place. */
    @Nullable TablesConfig read() {
        YamlValue value = mapping.get("tables");
        if (value == null) {
            return null;
        }
        if (mapping.has("table")) {
            mapping.problem("tables", "and table are both given; keep one of the two");
        }
        return value.isList() ? list(value) : pattern(value);
    }

    private @Nullable TablesConfig pattern(YamlValue value) {
        String text = value.text(MEANING);
        if (text == null) {
            return null;
        }
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            value.problem(
                    "\""
                            + text
                            + "\" is no regular expression: "
                            + e.getDescription().toLowerCase(Locale.ROOT)
                            + "; correct it, or write a list of tables");
            return null;
        }
        return new TablesConfig(true, List.of(text));
    }

    private @Nullable TablesConfig list(YamlValue value) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<YamlValue> items = value.list(MEANING);
        for (YamlValue item : items == null ? List.<YamlValue>of() : items) {
            String name = item.text("the name of a table");
            if (name != null && !seen.add(name)) {
                item.refuse("is listed twice; keep one of the two");
            } else if (name != null) {
                names.add(name);
            }
        }
        if (names.isEmpty()) {
            mapping.problem("tables", "names no table; write " + MEANING);
            return null;
        }
        return new TablesConfig(false, names);
    }

    /** Reports a number in braces that is no group of the pattern. */
    void checkGroups(@Nullable TablesConfig tables, List<String> columns) {
        int groups =
                tables == null || !tables.isPattern()
                        ? 0
                        : tables.pattern().matcher("").groupCount();
        for (String column : columns) {
            if (tables != null
                    && NUMBER.matcher(column).matches()
                    && (Integer.parseInt(column) < 1 || Integer.parseInt(column) > groups)) {
                mapping.problem(
                        "device_template",
                        "has {"
                                + column
                                + "}, and tables has "
                                + (groups == 0 ? "no group" : "groups 1 to " + groups)
                                + "; put a part of the pattern into parentheses for each");
            }
        }
    }
}
