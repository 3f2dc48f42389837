package io.iotdbmigrate.config;

import io.iotdbmigrate.config.yaml.YamlMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What is written for IoTDB's table model only, and what is then not written. */
final class TableModelReader {
    private static final Pattern DATABASE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LONGEST_DATABASE = 64;
    private static final Set<String> NOT_A_DATABASE = Set.of("information_schema", "root");
    private static final String OF_THE_TREE = "belongs to the tree model, and iotdb.model is table";

    private TableModelReader() {}

    /** Reads {@code iotdb.database}; empty after a problem. */
    static String database(YamlMap iotdb) {
        if (iotdb.has("storage_groups")) {
            iotdb.problem("storage_groups", OF_THE_TREE + "; write database: <name>");
        }
        String name =
                iotdb.required("database", "the name of the database in IoTDB, such as plant");
        String lower = name.toLowerCase(Locale.ROOT);
        if (!name.isEmpty()
                && (!DATABASE.matcher(name).matches()
                        || NOT_A_DATABASE.contains(lower)
                        || name.length() > LONGEST_DATABASE)) {
            iotdb.problem(
                    "database",
                    "\""
                            + name
                            + "\" cannot be a database of the table model; write at most "
                            + LONGEST_DATABASE
                            + " letters, digits and _, not root and not information_schema");
        }
        return lower;
    }

    /** Reads where the rows of a mapping go. */
    static TargetTableConfig target(YamlMap mapping, boolean pivot) {
        refuse(mapping, "device_template", "write tags: [column, ...] for the columns that name");
        refuse(mapping, "device_field", "write tags: [column, ...] for the columns that name");
        if (mapping.has("aligned")) {
            mapping.problem("aligned", OF_THE_TREE + "; leave it out");
        }
        String name = mapping.text("target_table", "the name of the table in IoTDB");
        if (name != null && !TargetTableConfig.isName(name)) {
            mapping.problem(
                    "target_table",
                    "\""
                            + name
                            + "\" cannot be a table's name; write letters a to z, digits and _ only");
        }
        return new TargetTableConfig(
                name == null ? null : name.toLowerCase(Locale.ROOT),
                mapping.has("tags") ? new TagReader(mapping).tags() : null,
                mapping.has("attributes") ? new TagReader(mapping).attributes() : List.of(),
                pivot);
    }

    private static void refuse(YamlMap mapping, String key, String instead) {
        if (mapping.has(key)) {
            mapping.problem(key, OF_THE_TREE + "; " + instead + " the device");
        }
    }

    /** Reports what only the table model has. */
    static void refuseInTree(YamlMap map, String... keys) {
        for (String key : keys) {
            if (map.has(key)) {
                map.problem(
                        key,
                        "belongs to the table model, and iotdb.model is tree; leave it out, or"
                                + " write iotdb.model: table");
            }
        }
    }

    /**
     * Reports what a measurement has in the tree model only.
     *
     * @param pivot whether its name is that of the columns of a tall table
     */
    static void refuseTreeOnly(YamlMap measurement, boolean pivot) {
        String name = measurement.text("name", "the name of the FIELD in IoTDB");
        if (name != null && !pivot && (name.indexOf('{') >= 0 || name.indexOf('}') >= 0)) {
            measurement.problem(
                    "name",
                    "\""
                            + name
                            + "\" has braces, and a FIELD has one name for all rows; put the column"
                            + " into tags, and leave the braces out, or write pivot: true");
        }
        for (String key : List.of("encoding", "compression")) {
            if (measurement.has(key)) {
                measurement.problem(key, OF_THE_TREE + "; leave it out: the server chooses");
            }
        }
    }
}
