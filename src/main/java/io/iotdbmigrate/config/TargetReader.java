package io.iotdbmigrate.config;

import io.iotdbmigrate.config.IotdbPath.IllegalPathException;
import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code iotdb}: databases, and one mapping per table. */
final class TargetReader {
    private static final String SYSTEM_DATABASE = "root.__system";

    private final YamlMap iotdb;
    private final Map<String, IotdbPath> databases = new LinkedHashMap<>();
    private final @Nullable String database;

    /** {@code iotdb.model}: which of IoTDB's two models rows go to. */
    private enum Model {
        TREE,
        TABLE
    }

    TargetReader(YamlMap root) {
        this.iotdb =
                root.section("iotdb", "model", "database", "storage_groups", "lookups", "mappings");
        if (iotdb.choice("model", Model.TREE) == Model.TABLE) {
            this.database = TableModelReader.database(iotdb);
        } else {
            this.database = null;
            TableModelReader.refuseInTree(iotdb, "database");
            readDatabases();
        }
    }

    List<String> databases() {
        return database == null ? List.copyOf(databases.keySet()) : List.of(database);
    }

    /** Returns the database of the table model; null: the tree model. */
    @Nullable String database() {
        return database;
    }

    List<LookupConfig> lookups() {
        return iotdb.has("lookups") ? LookupsReader.read(iotdb) : List.of();
    }

    List<MappingConfig> mappings() {
        if (!iotdb.has("mappings")) {
            iotdb.problem("mappings", "is missing; add one entry for each table to copy");
            return List.of();
        }
        YamlValue value = iotdb.get("mappings");
        List<YamlValue> items = value == null ? null : value.list("a list of mappings");
        if (items == null) {
            return List.of();
        }
        if (items.isEmpty()) {
            iotdb.problem("mappings", "is empty; add one entry for each table to copy");
        }
        List<IotdbPath> paths = List.copyOf(databases.values());
        List<MappingConfig> mappings = new ArrayList<>();
        Map<List<String>, String> firstPaths = new HashMap<>();
        for (YamlValue item : items) {
            YamlMap keys = item.map(MappingReader.KEYS);
            if (keys != null) {
                MappingConfig mapping = new MappingReader(keys, paths, database != null).read();
                checkTwice(keys, mapping, firstPaths);
                mappings.add(mapping);
            }
        }
        return mappings;
    }

    private void readDatabases() {
        for (YamlValue item : iotdb.list("storage_groups", "a list such as [root.plant]")) {
            String text = item.text("a database such as root.plant");
            if (text == null) {
                continue;
            }
            try {
                IotdbPath path = IotdbPath.parseDatabase(text);
                checkPlace(item, text, path);
                databases.put(text, path);
            } catch (IllegalPathException e) {
                item.refuse("is not a legal storage group: it " + e.getMessage());
            }
        }
    }

    private void checkPlace(YamlValue item, String text, IotdbPath path) {
        if (text.equals(SYSTEM_DATABASE)) {
            item.refuse("is IoTDB's own database; choose another one");
        }
        for (Map.Entry<String, IotdbPath> other : databases.entrySet()) {
            if (text.equals(other.getKey())) {
                continue;
            }
            if (path.canLieUnder(other.getValue()) || other.getValue().canLieUnder(path)) {
                item.refuse(
                        "and "
                                + other.getKey()
                                + " lie in each other, which IoTDB refuses; keep one of the two");
            }
        }
    }

    private static void checkTwice(
            YamlMap keys, MappingConfig mapping, Map<List<String>, String> firstPaths) {
        TablesConfig tables = mapping.tables();
        List<String> names = tables == null ? List.of(mapping.table()) : tables.names();
        String place = place(mapping);
        if (names.contains("") || place.isEmpty()) {
            return;
        }
        String where = mapping.where() == null ? "" : mapping.where().text();
        for (String name : names) {
            String first = firstPaths.putIfAbsent(List.of(name, place, where), keys.path());
            if (first != null) {
                keys.problem(
                        tables == null ? "table" : "tables",
                        String.format(
                                "\"%s\" is already mapped to %s by %s; remove one of the two or"
                                        + " change its %s",
                                name,
                                place,
                                first,
                                mapping.target() == null ? "device_template" : "target_table"));
            }
        }
    }

    /** Returns where rows go, as the file has it; empty after a problem. */
    private static String place(MappingConfig mapping) {
        TargetTableConfig target = mapping.target();
        if (target == null) {
            return mapping.deviceTemplate();
        }
        return target.name() == null ? "the table of its name" : target.name();
    }
}
