package io.iotdbmigrate.mapping;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TimePrecision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The TAG in which a table keeps corrections. */
class TagVersionsTest {
    private static final Column[] COLUMNS = {
        column("dev", "int"),
        column("at", "bigint"),
        nullable("v", "int"),
        nullable("_Version", "int")
    };

    private static MappingBuilder builder(OnUpdate update, String tag, String... attributes) {
        return new MappingBuilder("", "at")
                .measurement("v")
                .policies(update, OnDelete.DELETE)
                .target(
                        new TargetTableConfig(
                                "r",
                                List.of(TagConfig.of(tag)),
                                List.of(attributes).stream().map(TagConfig::of).toList()));
    }

    private static List<String> errors(MappingBuilder builder) {
        MappingPlan plan = builder.findings(TimePrecision.MS, COLUMNS);
        return plan.findings().stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR)
                .map(Finding::sentence)
                .toList();
    }

    @Test
    void itIsTheLastOneAndNullOfFirstValues() {
        TableMapping mapping = builder(OnUpdate.VERSION, "dev").plan(TimePrecision.MS, COLUMNS);
        Object[] row = new Object[mapping.columns().size()];
        row[mapping.columnIndex("dev")] = 7L;
        row[mapping.columnIndex("at")] = 1L;
        String device = ((RowMapper.Mapped) new RowMapper(mapping).map(row)).row().device().path();

        assertThat(mapping.tags().names()).containsExactly("dev", "_version");
        assertThat(mapping.device().columns()).containsExactly("dev");
        assertThat(device).isEqualTo("r('7', null)");
        assertThat(mapping.device().correction(device, 10)).isEqualTo("r('7', '10')");
        assertThat(mapping.device().value(device, "dev")).contains("7");
    }

    @Test
    void inTheTreeACorrectionIsADeviceBelow() {
        assertThat(DeviceTemplate.parse("root.m.{dev}").correction("root.m.d1", 10))
                .isEqualTo("root.m.d1.v10");
    }

    @Test
    void otherPoliciesHaveNone() {
        TableMapping mapping =
                builder(OnUpdate.OVERWRITE, "_Version")
                        .measurement("dev")
                        .plan(TimePrecision.MS, COLUMNS);

        assertThat(mapping.tags().names()).containsExactly("_version");
        assertThat(mapping.tags().hasVersions()).isFalse();
    }

    @Test
    void itsNameIsTaken() {
        assertThat(errors(builder(OnUpdate.VERSION, "_Version")))
                .singleElement()
                .asString()
                .contains("has a TAG called _version", "{name: ..., field: '_Version'}");
        assertThat(errors(builder(OnUpdate.VERSION, "dev").measurement("_Version")))
                .singleElement()
                .asString()
                .contains("_Version: cannot be a FIELD of this name", "field: _Version}");
    }

    @Test
    void attributesAreRefusedBesideIt() {
        assertThat(errors(builder(OnUpdate.VERSION, "dev", "_Version")))
                .anyMatch(s -> s.contains("has attributes and on_update: version"));
    }
}
