package io.iotdbmigrate.config;

import io.iotdbmigrate.config.MigrationConfig.Mode;
import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The whole file: the one place that knows its sections. */
final class ConfigReader {
    static final String[] KEYS = {
        "name",
        "env",
        "mode",
        "connections",
        "mysql",
        "iotdb",
        "backfill",
        "sink",
        "rejected_rows",
        "flink",
        "cutover"
    };

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern ILLEGAL_IN_NAME = Pattern.compile("[^A-Za-z0-9_-]");
    private static final Pattern EXTENSION = Pattern.compile("(?<=.)\\.[^.]*\\z");

    private final YamlMap root;
    private final String fileName;

    /**
     * @param fileName without folders
     */
    ConfigReader(YamlMap root, String fileName) {
        this.root = root;
        this.fileName = fileName;
    }

    MigrationConfig read() {
        YamlMap mysql = root.section("mysql", "tables", "partitioning", "cdc");
        YamlMap cdc = mysql.section("cdc", CdcReader.KEYS);
        ConnectionsReader connections = new ConnectionsReader(root);
        SourceReader source = new SourceReader(mysql);
        TargetReader target = new TargetReader(root);
        RuntimeReader runtime = new RuntimeReader(root);
        String env = root.text("env", "a label such as prod");
        MigrationConfig config =
                new MigrationConfig(
                        name(env),
                        env,
                        root.choice("mode", Mode.class),
                        connections.mysql(cdc),
                        connections.iotdb(target.database()),
                        source.tables(),
                        source.partitioning(),
                        new CdcReader(cdc).read(),
                        target.databases(),
                        target.lookups(),
                        target.mappings(),
                        List.of(),
                        runtime.backfill(),
                        runtime.sink(),
                        runtime.rejectedRows(),
                        runtime.flink(),
                        runtime.cutover());
        return config.asWritten();
    }

    private String name(@Nullable String env) {
        YamlValue value = root.get("name");
        if (value == null) {
            return derivedName(env == null ? EXTENSION.matcher(fileName).replaceFirst("") : env);
        }
        String name = value.text("letters, digits, _ and -");
        if (name != null && !NAME.matcher(name).matches()) {
            value.refuse("is not a legal name; use only letters, digits, _ and -");
        }
        return name == null ? "" : name;
    }

    private static String derivedName(String text) {
        String name = ILLEGAL_IN_NAME.matcher(text).replaceAll("_");
        return name.replace("_", "").isEmpty() ? "migration" : name;
    }
}
