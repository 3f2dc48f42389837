package io.iotdbmigrate.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of one time that are written apart are not aligned unless the config says so. */
class TallAlignmentTest {
    @ParameterizedTest
    @CsvSource({"'{reading}', '', false", "'{reading}', 'aligned: true', true", "v, '', true"})
    void isFalseWhereRowsNameTheirMeasurements(String name, String setting, boolean aligned) {
        String config =
                """
                connections:
                  mysql: {host: h, user: u, database: d}
                  iotdb: {host: i}
                iotdb:
                  mappings:
                    - table: history
                      timestamp_field: ts
                      device_template: 'root.p.{dev}'
                      measurements: [{name: '%s', field: value}]
                      %s
                """
                        .formatted(name, setting);

        assertThat(ConfigTexts.load(config).mappings().get(0).aligned()).isEqualTo(aligned);
    }
}
