package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.config.MigrationConfig;

/**
 * What a report is about.
 *
 * @param migration its name
 * @param source where rows come from
 * @param target where they go
 */
public record Origin(String migration, String source, String target) {

    public static Origin of(MigrationConfig config) {
        return new Origin(
                config.name(),
                "MySQL " + config.mysql().address() + "/" + config.mysql().database(),
                "IoTDB " + config.iotdb().address());
    }
}
