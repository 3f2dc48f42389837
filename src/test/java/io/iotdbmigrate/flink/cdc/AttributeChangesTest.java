package io.iotdbmigrate.flink.cdc;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.names.AttributeName;
import io.iotdbmigrate.model.TimePrecision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is told of a changed attribute. */
class AttributeChangesTest {
    private static TableMapping mapping(String target) {
        return new MappingBuilder("", "at")
                .measurement("v")
                .target(
                        new TargetTableConfig(
                                target,
                                List.of(TagConfig.of("dev")),
                                List.of(TagConfig.of("dev.name"))))
                .lookups(r -> new Lookup(r, "", Map.of()))
                .plan(
                        TimePrecision.MS,
                        column("dev", "int"),
                        column("at", "bigint"),
                        nullable("v", "int"));
    }

    @Test
    void everyWriterIsToldOncePerTable() {
        List<TableMapping> mappings = List.of(mapping("r"), mapping("r"), mapping("other"));

        assertThat(
                        AttributeChanges.of(
                                mappings,
                                new AttributeName("dev.name", "7", Optional.of("seven")),
                                2))
                .extracting(c -> c.mapping() + " " + c.device().path())
                .containsExactly("0 0", "0 1", "2 0", "2 1");
    }
}
