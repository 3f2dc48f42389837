package io.iotdbmigrate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.yaml.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigPrinterTest {

    @Test
    void printsYamlThatLoadsAsTheSameConfigExceptSecrets() {
        MigrationConfig config = ConfigTexts.load(ConfigEveryKeyTest.YAML);

        MigrationConfig again = ConfigTexts.load(ConfigPrinter.print(config));

        assertThat(again.mysql().password()).isEqualTo(new Secret("****"));
        assertThat(again.iotdb().tls().trustStorePassword()).isEqualTo(new Secret("****"));
        assertThat(again)
                .usingRecursiveComparison()
                .ignoringFieldsOfTypes(Secret.class)
                .ignoringFields("mysql.properties")
                .isEqualTo(config);
        assertThat(again.mysql().properties())
                .isEqualTo(
                        Map.of(
                                "connectTimeout", "****",
                                "tcpKeepAlive", "****",
                                "sessionVariables", "****"));
    }

    @Test
    void showsDefaults() {
        assertThat(ConfigPrinter.print(ConfigTexts.load(ConfigTexts.MINIMAL)))
                .contains("  startup_mode: auto\n")
                .contains("max_buffered: 64MiB\n")
                .contains("drain_timeout: 1m\n")
                .doesNotContain("null");
    }
}
