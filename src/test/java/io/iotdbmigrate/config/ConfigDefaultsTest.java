package io.iotdbmigrate.config;

import static io.iotdbmigrate.config.ConfigTexts.MINIMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.CdcConfig.StartupMode;
import io.iotdbmigrate.config.CutoverConfig.Hooks;
import io.iotdbmigrate.config.CutoverConfig.Pause;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.MySqlConfig.TlsMode;
import io.iotdbmigrate.config.RowPolicies.OnCascade;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.config.yaml.Secret;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigDefaultsTest {
    private final MigrationConfig config = ConfigTexts.load(MINIMAL);

    @Test
    void fillsInTheMySqlConnection() {
        assertThat(config.mysql())
                .isEqualTo(
                        new MySqlConfig(
                                "db",
                                3306,
                                "migrator",
                                new Secret(""),
                                "plant",
                                ZoneId.of("UTC"),
                                new MySqlConfig.Tls(TlsMode.PREFERRED),
                                Map.of()));
    }

    @Test
    void fillsInTheIotdbConnection() {
        assertThat(config.iotdb())
                .isEqualTo(
                        new IotdbConfig(
                                List.of("iotdb:6667"),
                                "root",
                                new Secret("root"),
                                new IotdbConfig.Tls(false, null, null)));
    }

    @Test
    void fillsInTheSource() {
        assertThat(config.tables()).isEmpty();
        assertThat(config.partitioning()).isNull();
        assertThat(config.cdc())
                .isEqualTo(
                        new CdcConfig(
                                StartupMode.AUTO, null, null, null, null, Duration.ofSeconds(10)));
    }

    @Test
    void fillsInTheMapping() {
        assertThat(config.databases()).isEmpty();
        assertThat(config.mappings())
                .containsExactly(
                        new MappingConfig(
                                "ambience",
                                null,
                                null,
                                TimeConfig.of("at", null),
                                null,
                                "root.plant.all",
                                true,
                                new RowPolicies(
                                        OnUpdate.OVERWRITE,
                                        OnDelete.DELETE,
                                        OnPartitionDrop.FAIL,
                                        OnCascade.FAIL,
                                        OnDuplicate.LAST),
                                true,
                                List.of(),
                                null));
    }

    @Test
    void namesTheColumnOfAMeasurementLikeTheMeasurement() {
        MigrationConfig listed =
                ConfigTexts.load(ConfigTexts.withMeasurements("[{name: reading}]"));

        assertThat(listed.mappings().get(0).measurements())
                .containsExactly(
                        new MappingConfig.MeasurementConfig(
                                "reading", "reading", null, null, null));
    }

    @Test
    void fillsInHowTheJobsRun() {
        int parallelism = config.backfill().parallelism();
        assertThat(parallelism).isBetween(1, 4);
        assertThat(config.backfill()).isEqualTo(new BackfillConfig(parallelism, 100_000, 0));
        assertThat(config.sink()).isEqualTo(new SinkConfig(10_000, 64L << 20, 10));
        assertThat(config.rejectedRows()).isEqualTo(new RejectedRowsConfig(1000));
        assertThat(config.flink())
                .isEqualTo(
                        new FlinkConfig(
                                null,
                                null,
                                new FlinkConfig.Restart(
                                        Duration.ofSeconds(1), Duration.ofSeconds(60), 30)));
        assertThat(config.cutover())
                .isEqualTo(
                        new CutoverConfig(
                                Pause.READ_ONLY,
                                new Hooks(null, null, null),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(60),
                                Verify.RECENT));
    }

    @Test
    void checkpointsABackfillLessOftenThanCdc() {
        assertThat(config.flink().backfillInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.flink().cdcInterval()).isEqualTo(Duration.ofSeconds(10));
        FlinkConfig set = new FlinkConfig(Duration.ofSeconds(3), null, config.flink().restart());
        assertThat(set.backfillInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(set.cdcInterval()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void takesTheNameFromEnvElseFromTheFile() {
        assertThat(config.env()).isNull();
        assertThat(config.mode()).isNull();
        assertThat(config.name()).isEqualTo("plant");
        assertThat(ConfigTexts.load(MINIMAL + "env: prod\n").name()).isEqualTo("prod");
        assertThat(ConfigTexts.load(MINIMAL + "env: prod\nname: kiln-2\n").name())
                .isEqualTo("kiln-2");
        assertThat(nameFromFile("some folder/my plant.v2.yml")).isEqualTo("my_plant_v2");
        assertThat(nameFromFile("config")).isEqualTo("config");
        assertThat(nameFromFile("工厂.yml")).isEqualTo("migration");
    }

    @Test
    void readsAKeyWithoutValueAsAbsent() {
        String yaml = MINIMAL + "env:\nsink:\nbackfill: {parallelism: }\n";

        assertThat(ConfigTexts.load(yaml)).isEqualTo(config);
    }

    private static String nameFromFile(String fileName) {
        return ConfigLoader.load(fileName, MINIMAL, Map.of()).name();
    }
}
