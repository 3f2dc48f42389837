package io.iotdbmigrate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.yaml.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The merge key of YAML in mappings. */
class YamlMergeTest {
    private static final String HEAD =
            """
            connections:
              mysql: {host: h, user: u, database: d}
              iotdb: {host: i}
            iotdb:
              mappings:
            """;

    private static List<MappingConfig> mappings(String mappings) {
        return ConfigTexts.load(HEAD + mappings.indent(4)).mappings();
    }

    @Test
    void takesTheKeysThatAMapHasNotItself() {
        List<MappingConfig> mappings =
                mappings(
                        """
                        - &base
                          table: a
                          timestamp_field: ts
                          device_template: root.p.a
                          measurements: all
                        - <<: *base
                          table: b
                        - <<: [{table: c, aligned: false}, *base]
                          device_template: root.p.c
                        """);

        assertThat(mappings.stream().map(MappingConfig::table)).containsExactly("a", "b", "c");
        assertThat(mappings.get(1).deviceTemplate()).isEqualTo("root.p.a");
        assertThat(mappings.get(2).deviceTemplate()).isEqualTo("root.p.c");
        assertThat(mappings.get(2).aligned()).isFalse();
    }

    @Test
    void refusesWhatIsNoMap() {
        assertThatThrownBy(
                        () ->
                                mappings(
                                        """
                                        - <<: base
                                          table: b
                                          timestamp_field: ts
                                          device_template: root.p.b
                                          measurements: all
                                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mappings[0].<<: must be a map with an anchor");
    }

    /** Read level by level it would double each time. */
    @Test
    void readsEachMapOnceHoweverOftenItIsNamed() {
        StringBuilder nested = new StringBuilder("- &a0 {table: a}\n");
        for (int i = 1; i < 20; i++) {
            nested.append("- &a%d {<<: [*a%d, *a%d]}\n".formatted(i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> mappings(nested.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mappings[19].timestamp_field: is missing");
    }

    @Test
    void aMapMayNameItself() {
        assertThatThrownBy(() -> mappings("- &a {table: a, <<: *a}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("timestamp_field: is missing");
    }
}
