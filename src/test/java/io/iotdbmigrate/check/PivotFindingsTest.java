package io.iotdbmigrate.check;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.TimePrecision;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PivotFindingsTest {
    private static String findings(List<String> names) {
        TableMapping mapping =
                new MappingBuilder("", "at")
                        .measurement(new MeasurementConfig("{reading}", "v", null, null, null))
                        .target(
                                new TargetTableConfig(
                                        "r", List.of(TagConfig.of("dev")), List.of(), true))
                        .plan(
                                TimePrecision.MS,
                                column("dev", "int"),
                                column("reading", "varchar(20)"),
                                column("at", "bigint"),
                                nullable("v", "int"));
        return PivotFindings.of(mapping, new TreeSet<>(names)).stream()
                .map(f -> f.severity() + " " + f.sentence())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void namesAreCounted() {
        assertThat(findings(List.of("Volt", "amp")))
                .startsWith("OK ")
                .contains("2 names, which make as many columns of table r");
    }

    @Test
    void namesThatBecomeOneAreAnError() {
        assertThat(findings(List.of("VOLT", "Volt", "amp")))
                .contains("ERROR ")
                .contains("the names VOLT and Volt, which are one column in IoTDB");
    }

    @Test
    void namesThatAreTakenAreRejected() {
        assertThat(findings(List.of("Dev", "TIME", "amp")))
                .contains("rows of the name Dev, and another column")
                .contains("rows of the name TIME, and another column");
    }

    @Test
    void manyColumnsAreSlow() {
        assertThat(findings(IntStream.range(0, 1_001).mapToObj(i -> "n" + i).toList()))
                .contains("WARNING ")
                .contains("1,001 names");
    }
}
