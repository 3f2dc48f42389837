package io.iotdbmigrate.cli.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.config.ConfigPrinter;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ExitCode;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code check --offline} finds: a valid config. */
public final class OfflineReport {
    private OfflineReport() {}

    public static String text(MigrationConfig config, String file) {
        List<String> tables = tables(config);
        return ConfigPrinter.print(config).stripTrailing().indent(2)
                + "\nconfig is valid: "
                + (tables.size() == 1 ? "1 table" : tables.size() + " tables")
                + " ("
                + String.join(", ", tables)
                + "); above is what it means with all defaults, secrets masked";
    }

    public static String json(MigrationConfig config) {
        ObjectNode report = Json.object();
        report.put("status", "valid");
        report.put("exit_code", ExitCode.DONE.code());
        Object resolved =
                new Yaml(new SafeConstructor(new LoaderOptions()))
                        .load(ConfigPrinter.print(config));
        report.set("config", new JsonMapper().valueToTree(resolved));
        return Json.print(report);
    }

    private static List<String> tables(MigrationConfig config) {
        return config.writtenTables();
    }
}
