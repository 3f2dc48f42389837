package io.iotdbmigrate.check;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TimePrecision;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowPartsTest {
    private static final TargetTableConfig TARGET =
            new TargetTableConfig("r", List.of(TagConfig.of("dev")), List.of(), false);

    private static MappingBuilder tree(String measurement) {
        return new MappingBuilder("root.p.{dev}", "at").measurement(measurement, null);
    }

    private static String finding(MappingBuilder builder) {
        TableMapping mapping =
                builder.plan(
                        TimePrecision.MS,
                        column("dev", "int"),
                        column("at", "bigint"),
                        nullable("v", "int"));
        return RowParts.finding(mapping).map(Finding::sentence).orElse("none");
    }

    /** Marks are written with the values of their rows. */
    @Test
    void rowsWithMarksAreWhole() {
        assertThat(finding(tree("v").policies(OnUpdate.OVERWRITE, OnDelete.MARK)))
                .isEqualTo("none");
        assertThat(
                        finding(
                                new MappingBuilder("", "at")
                                        .measurement("v", null)
                                        .target(TARGET)
                                        .policies(OnUpdate.OVERWRITE, OnDelete.MARK)))
                .isEqualTo("none");
    }

    private static MappingBuilder tall() {
        return new MappingBuilder("root.p", "at")
                .measurement(new MeasurementConfig("{dev}", "v", null, null, null));
    }

    @Test
    void valuesOfATallTableAreWrittenAlone() {
        assertThat(finding(tall()))
                .contains("each value alone: IoTDB 2.0.1-beta may answer values beside it")
                .endsWith("else set aligned: false");
    }

    @Test
    void whereNothingIsOverwrittenOrValuesHaveTheirOwnTimesNothingIsSaid() {
        assertThat(finding(tall().policies(OnUpdate.IGNORE, OnDelete.DELETE))).isEqualTo("none");
        assertThat(finding(tall().notAligned())).isEqualTo("none");
    }
}
