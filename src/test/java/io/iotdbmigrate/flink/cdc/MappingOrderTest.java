package io.iotdbmigrate.flink.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.mapping.Columns;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.mapping.MappingPlanner;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.TimePrecision;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MappingOrderTest {
    private static List<TableMapping> mappings(String... tables) {
        return Stream.of(tables)
                .map(
                        table ->
                                MappingPlanner.plan(
                                                0,
                                                new MappingBuilder(table, "root.p." + table, "at")
                                                        .measurement("v")
                                                        .build(),
                                                new TableSchema(
                                                        new TableId("plant", table),
                                                        List.of(
                                                                Columns.column("at", "datetime"),
                                                                Columns.column("v", "int")),
                                                        List.of(),
                                                        0),
                                                ZoneOffset.UTC,
                                                new TargetFacts(TimePrecision.MS, 1_000))
                                        .mapping())
                .toList();
    }

    @Test
    void findsMappingsThatHaveAnotherIndexNow() {
        IntUnaryOperator index =
                MappingOrder.change(
                        MappingOrder.of(mappings("b", "c", "b", "d")),
                        mappings("a", "b", "b", "d"));

        assertThat(index.applyAsInt(0)).isEqualTo(1);
        assertThat(index.applyAsInt(1)).isEqualTo(-1);
        assertThat(index.applyAsInt(2)).isEqualTo(2);
        assertThat(index.applyAsInt(3)).isEqualTo(3);
    }

    @Test
    void keepsHowTablesAreMapped() {
        List<TableMapping> mappings = mappings("b", "c", "b");

        assertThat(MappingOrder.shapes(MappingOrder.of(mappings)))
                .isEqualTo(MappingFingerprints.of(mappings));
        assertThat(MappingOrder.shapes(List.of())).isEmpty();
    }

    @Test
    void takesTheSameOrderWhereNoneWasNoted() {
        assertThat(MappingOrder.change(List.of(), mappings("a", "b")).applyAsInt(1)).isOne();
    }
}
