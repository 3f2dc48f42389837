package io.iotdbmigrate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.iotdbmigrate.config.yaml.ConfigException;
import io.iotdbmigrate.config.yaml.ConfigProblem;
import java.util.List;
import java.util.Map;

/** Config texts for tests, and what the loader says about them. */
final class ConfigTexts {
    static final String MINIMAL =
            """
            connections:
              mysql:
                host: db
                user: migrator
                database: plant
              iotdb:
                host: iotdb
            iotdb:
              mappings:
                - table: ambience
                  timestamp_field: at
                  device_template: root.plant.all
                  measurements: all
            """;

    private ConfigTexts() {}

    static MigrationConfig load(String yaml) {
        return ConfigLoader.load("plant.yml", yaml, Map.of());
    }

    /** {@link #MINIMAL} with one line or part replaced. */
    static String with(String old, String replacement) {
        assertThat(MINIMAL).contains(old);
        return MINIMAL.replace(old, replacement);
    }

    /** {@link #MINIMAL} with keys of the mapping added; each line is indented to fit. */
    static String withMapping(String lines) {
        return with("      measurements: all\n", lines.indent(6) + "      measurements: all\n");
    }

    /** {@link #MINIMAL} with the measurements replaced. */
    static String withMeasurements(String value) {
        return with("measurements: all", "measurements: " + value);
    }

    static List<ConfigProblem> problems(String yaml) {
        return problems(yaml, Map.of());
    }

    static List<ConfigProblem> problems(String yaml, Map<String, String> environment) {
        ConfigException exception =
                catchThrowableOfType(
                        ConfigException.class,
                        () -> ConfigLoader.load("plant.yml", yaml, environment));
        assertThat(exception).as("problems of the config").isNotNull();
        return exception.problems();
    }

    /** The one problem of a text as {@code path: sentence}. */
    static String problem(String yaml) {
        List<ConfigProblem> problems = problems(yaml);
        assertThat(problems).hasSize(1);
        return problems.get(0).path() + ": " + problems.get(0).sentence();
    }
}
