package io.iotdbmigrate.check;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MappingConfig.OnDelete;
import io.iotdbmigrate.config.MappingConfig.OnUpdate;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TimePrecision;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedSeriesTest {
    private static MappingBuilder builder(String table, String template) {
        return new MappingBuilder(table, template, "at").measurement("a");
    }

    private static TableMapping plan(MappingBuilder builder) {
        return builder.plan(
                TimePrecision.MS,
                column("dev", "varchar(20)"),
                column("at", "bigint"),
                column("a", "int"));
    }

    private static List<String> errors(MappingBuilder... mappings) {
        return SharedSeries.of(List.of(mappings).stream().map(SharedSeriesTest::plan).toList())
                .stream()
                .filter(finding -> finding.exitCode() == ExitCode.CONFIG)
                .map(Finding::sentence)
                .toList();
    }

    @Test
    void tablesOfOneTemplateAreAWarning() {
        List<Finding> findings =
                SharedSeries.of(
                        List.of(
                                plan(builder("jan", "root.m.d{dev}")),
                                plan(builder("feb", "root.m.d{dev}")),
                                plan(builder("pump", "root.pump.d{dev}"))));

        assertThat(findings).singleElement();
        assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.WARNING);
        assertThat(findings.get(0).sentence())
                .startsWith("feb: writes the same series as jan, such as a of root.m.d*");
    }

    @Test
    void otherPoliciesAreAnError() {
        assertThat(
                        errors(
                                builder("jan", "root.m.d{dev}"),
                                builder("feb", "root.m.d{dev}").onDelete(OnDelete.IGNORE)))
                .singleElement()
                .asString()
                .contains("differ in on_delete", "give all of them the same on_delete");
    }

    @Test
    void correctionsOfTwoTablesAreAnError() {
        assertThat(
                        errors(
                                builder("jan", "root.m.d{dev}").onUpdate(OnUpdate.VERSION),
                                builder("feb", "root.m.d{dev}").onUpdate(OnUpdate.VERSION)))
                .singleElement()
                .asString()
                .contains("on_update: version cannot tell");
    }

    @Test
    void correctionsWhereDevicesOfAnotherMayBeAreAnError() {
        assertThat(
                        errors(
                                builder("jan", "root.m.d{dev}").onUpdate(OnUpdate.VERSION),
                                builder("deep", "root.m.d1.{dev}")))
                .singleElement()
                .asString()
                .contains("keeps corrections under root.m.d*.v1", "devices of deep may be");
    }
}
