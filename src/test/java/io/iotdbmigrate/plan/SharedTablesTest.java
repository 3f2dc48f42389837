package io.iotdbmigrate.plan;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TimePrecision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What mappings of one table of IoTDB must have in common. */
class SharedTablesTest {
    private static TablePlan plan(List<String> tags, TagConfig attribute) {
        return plan(tags, List.of(attribute), false);
    }

    private static TablePlan plan(List<String> tags, List<TagConfig> attributes, boolean pivot) {
        MappingBuilder builder =
                new MappingBuilder("", "at")
                        .measurement(
                                new MeasurementConfig(pivot ? "{at}" : "v", "v", null, null, null))
                        .target(
                                new TargetTableConfig(
                                        "r",
                                        List.of(tag("a", tags.get(0)), tag("b", tags.get(1))),
                                        attributes,
                                        pivot))
                        .lookups(r -> new Lookup(r, "", Map.of()));
        TableMapping mapping =
                builder.plan(
                        TimePrecision.MS,
                        column("dev", "int"),
                        column("place", "int"),
                        column("at", "bigint"),
                        nullable("v", "int"));
        return new TablePlan(builder.build(), null, mapping, List.of());
    }

    private static TagConfig tag(String name, String field) {
        return new TagConfig(name, field, null);
    }

    private static List<String> errors(TablePlan other) {
        TablePlan first = plan(List.of("dev", "place"), tag("label", "dev.name"));
        return SharedTables.of(List.of(first, other)).stream().map(Finding::sentence).toList();
    }

    @Test
    void columnsOfNamesNeedATableForThemselves() {
        TablePlan pivoted = plan(List.of("dev", "place"), List.of(), true);

        assertThat(errors(pivoted))
                .singleElement()
                .asString()
                .contains("pivot: true needs a table for itself");
    }

    @Test
    void lookUpsAreTheSameOfTheSameTag() {
        TagConfig label = tag("label", "dev.name");

        assertThat(errors(plan(List.of("dev", "place"), label))).isEmpty();
        assertThat(errors(plan(List.of("place", "dev"), label)))
                .singleElement()
                .asString()
                .contains(
                        "[label by dev.name of TAG a] and [label by dev.name of TAG b]",
                        "give both the same attributes");
        assertThat(errors(plan(List.of("dev", "place"), tag("label", "dev.title"))))
                .singleElement()
                .asString()
                .contains("[label by dev.name of TAG a] and [label by dev.title of TAG a]");
    }
}
