package io.iotdbmigrate.mapping;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.TimePrecision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetUnitTest {
    private static TableMapping mapping(String template, String... measurements) {
        MappingBuilder builder = new MappingBuilder(template, "at");
        for (String measurement : measurements) {
            builder.measurement(measurement);
        }
        return builder.plan(
                TimePrecision.MS,
                column("dev", "varchar(20)"),
                column("site", "varchar(20)"),
                column("at", "bigint"),
                column("a", "int"),
                column("b", "int"),
                column("c", "int"));
    }

    @ParameterizedTest
    @CsvSource({
        "root.x.d{dev}, root.x.d{site}, true",
        "root.x.d{dev}, root.x.{site}, true",
        "root.x.{dev}1, root.x.d{site}, true",
        "root.x.a{dev}b, root.x.aab, true",
        "root.x.a{dev}b, root.x.ab, false",
        "root.x.d{dev}, root.x.e{site}, false",
        "root.x.{dev}_1, root.x.{site}_2, false",
        "root.x.{dev}, root.x.{site}.{dev}, false",
        "root.x.{dev}.y, root.x.z.{site}, true",
        "root.x.{dev}{site}, root.x.q, false",
        "root.x.{dev}{site}, root.x.qr, true"
    })
    void templatesOverlapWhereSomeNameIsOfBoth(String one, String other, boolean overlap) {
        DeviceTemplate a = DeviceTemplate.parse(one);
        DeviceTemplate b = DeviceTemplate.parse(other);

        assertThat(a.overlaps(b)).isEqualTo(overlap);
        assertThat(b.overlaps(a)).isEqualTo(overlap);
    }

    @Test
    void mappingsOfTheSameSeriesAreOneUnitAlsoByWayOfAnother() {
        List<TableMapping> mappings =
                List.of(
                        mapping("root.m.d{dev}", "a"),
                        mapping("root.m.d{dev}", "c"),
                        mapping("root.o.d{dev}", "a"),
                        mapping("root.m.d{dev}", "b"),
                        mapping("root.m.d{dev}", "a", "b"));

        List<TargetUnit> units = TargetUnit.of(mappings);

        assertThat(units)
                .containsExactly(
                        new TargetUnit(List.of(0, 3, 4)),
                        new TargetUnit(List.of(1)),
                        new TargetUnit(List.of(2)));
        assertThat(TargetUnit.unitOf(units)).containsExactly(0, 1, 2, 0, 0);
        assertThat(UnitColumns.of(List.of(mappings.get(0), mappings.get(3), mappings.get(4))))
                .isEqualTo(
                        new UnitColumns(
                                List.of("a", "b"), List.of(List.of(0), List.of(1), List.of(0, 1))));
    }

    @ParameterizedTest
    @CsvSource({
        "root.x.温度, root.x.`温度`",
        "root.x.`a.b`, root.x.`a.b`",
        "root.x.plain, root.x.plain",
        "root.x.`a``b`, root.x.`a``b`",
        "root.x.1号, root.x.`1号`"
    })
    void whateverAServerLeavesOutTheNormalFormHasItsBackticks(String written, String normal) {
        assertThat(TreePath.normal(written)).isEqualTo(normal);
        assertThat(TreePath.normal(normal)).isEqualTo(normal);
    }
}
