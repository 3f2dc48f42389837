package io.iotdbmigrate.config;

import io.iotdbmigrate.config.LookupConfig.OnRename;
import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;

/** {@code iotdb.lookups}. */
final class LookupsReader {
    private static final String COLUMN = "the column of that table that is looked up by";

    private LookupsReader() {}

    static List<LookupConfig> read(YamlMap iotdb) {
        List<LookupConfig> lookups = new ArrayList<>();
        YamlMap section = iotdb.section("lookups");
        for (String name : section.names()) {
            YamlValue value = section.get(name);
            YamlMap keys = value == null ? null : value.map("table", "key", "on_rename");
            if (keys == null) {
                continue;
            }
            lookups.add(
                    new LookupConfig(
                            name,
                            keys.required("table", "the name of the table to look into"),
                            keys.required("key", COLUMN),
                            keys.choice("on_rename", OnRename.FAIL)));
        }
        for (LookupConfig lookup : lookups) {
            lookup.before()
                    .filter(before -> lookups.stream().noneMatch(l -> l.name().equals(before)))
                    .ifPresent(
                            before ->
                                    section.problem(
                                            lookup.name(),
                                            "looks up a column of "
                                                    + before
                                                    + ", which is no look-up; add "
                                                    + before
                                                    + ": {table: ..., key: ...}"));
        }
        return lookups;
    }
}
