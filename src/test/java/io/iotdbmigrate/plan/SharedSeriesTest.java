package io.iotdbmigrate.plan;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TimePrecision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All mappings here are of one table: its name is in the sentences. */
class SharedSeriesTest {
    private static MappingBuilder builder(String template) {
        return new MappingBuilder(template, "at").measurement("a");
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
                                plan(builder("root.m.d{dev}")),
                                plan(builder("root.m.d{dev}")),
                                plan(builder("root.pump.d{dev}"))));

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.WARNING);
        assertThat(findings.get(0).sentence())
                .startsWith("reading: writes the same series as reading, such as a of root.m.d*");
    }

    @Test
    void otherPoliciesAreAnError() {
        assertThat(
                        errors(
                                builder("root.m.d{dev}"),
                                builder("root.m.d{dev}")
                                        .policies(OnUpdate.OVERWRITE, OnDelete.IGNORE)))
                .singleElement()
                .asString()
                .contains("differ in on_delete", "give all of them the same on_delete");
    }

    @Test
    void correctionsOfTwoTablesAreAnError() {
        assertThat(
                        errors(
                                builder("root.m.d{dev}")
                                        .policies(OnUpdate.VERSION, OnDelete.DELETE),
                                builder("root.m.d{dev}")
                                        .policies(OnUpdate.VERSION, OnDelete.DELETE)))
                .singleElement()
                .asString()
                .contains("on_update: version cannot tell");
    }

    @Test
    void soTheyAreInOneTableOfTheTableModel() {
        MappingBuilder builder =
                builder("")
                        .policies(OnUpdate.VERSION, OnDelete.DELETE)
                        .target(new TargetTableConfig("r", List.of(TagConfig.of("dev"))));
        assertThat(errors(builder, builder))
                .singleElement()
                .asString()
                .contains(
                        "writes the same table as reading, r(dev, _version), and on_update:"
                                + " version cannot tell",
                        "or a target_table of its own for each table");
    }

    @Test
    void correctionsWhereDevicesOfAnotherMayBeAreAnError() {
        assertThat(
                        errors(
                                builder("root.m.d{dev}")
                                        .policies(OnUpdate.VERSION, OnDelete.DELETE),
                                builder("root.m.d1.{dev}")))
                .singleElement()
                .asString()
                .contains("keeps corrections under root.m.d*.v1", "devices of reading may be");
    }
}
