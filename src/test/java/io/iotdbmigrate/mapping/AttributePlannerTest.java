package io.iotdbmigrate.mapping;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.RowPolicies.OnCascade;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes ATTRIBUTEs. */
class AttributePlannerTest {
    private static final Column[] COLUMNS = {
        column("dev", "int"),
        column("at", "bigint"),
        nullable("Model", "varchar(20)"),
        nullable("rev", "decimal(4,1)"),
        nullable("img", "blob"),
        nullable("v", "int")
    };

    private static MappingBuilder builder(String... attributes) {
        return new MappingBuilder("", "at")
                .all()
                .target(
                        new TargetTableConfig(
                                "r",
                                List.of(TagConfig.of("dev")),
                                Arrays.stream(attributes).map(TagConfig::of).toList()))
                .lookups(r -> new Lookup(r, "", Map.of("7", "seven", "8", "")));
    }

    @Test
    void rowsHaveThemBehindTheirValues() {
        TableMapping mapping = builder("Model", "rev", "dev.label").plan(TimePrecision.MS, COLUMNS);

        assertThat(mapping.measurements())
                .extracting(TableMapping.Measurement::name)
                .containsExactly("img", "v");
        assertThat(mapping.attributes())
                .extracting(a -> a.name() + " " + a.type())
                .containsExactly("model STRING", "rev STRING", "label STRING");
        assertThat(texts(mapping, 7L)).containsExactly("5", "m", "2.5", "seven");
        assertThat(texts(mapping, 8L)).containsExactly("5", "m", "2.5", null);
        assertThat(texts(mapping, 9L)).containsExactly("5", "m", "2.5", null);
        assertThat(mapping.withAttributesInRows().attributes()).isEqualTo(mapping.attributes());
    }

    private static List<String> texts(TableMapping mapping, long dev) {
        Object[] row = new Object[mapping.columns().size()];
        Map<String, Object> values =
                Map.of("dev", dev, "at", 1L, "Model", "m", "rev", new java.math.BigDecimal("2.5"));
        values.forEach((name, value) -> row[mapping.columnIndex(name)] = value);
        row[mapping.columnIndex("v")] = 5L;
        TargetRow mapped =
                ((RowMapper.Mapped) new RowMapper(mapping.withAttributesInRows()).map(row)).row();
        return Arrays.stream(mapped.values())
                .skip(1)
                .map(
                        value ->
                                value instanceof byte[] text
                                        ? new String(text, StandardCharsets.UTF_8)
                                        : value == null ? null : value.toString())
                .toList();
    }

    @Test
    void checkSaysWhatTheyAre() {
        assertThat(builder("rev", "dev.label").findings(TimePrecision.MS, COLUMNS).findings())
                .extracting(Finding::sentence)
                .anyMatch(s -> s.contains("rev -> ATTRIBUTE rev"))
                .anyMatch(s -> s.contains("dev.label -> ATTRIBUTE label"));
    }

    @Test
    void theirTypeIsAText() {
        assertThat(builder("rev").plan(TimePrecision.MS, COLUMNS).attributes().get(0).type())
                .isEqualTo(TargetType.STRING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nothing     | attributes names a column that the table does not have
                    dev         | is a TAG and an attribute
                    at          | is the time and an attribute
                    img         | cannot be an attribute, which is a text
                    Model.name  | is the key of the attribute Model.name and no TAG
                    v.dev       | has that name
                    """)
    void whatCannotBeIsRefused(String attribute, String sentence) {
        MappingPlan plan = builder(attribute).findings(TimePrecision.MS, COLUMNS);

        assertThat(plan.mapping()).isNull();
        assertThat(errors(plan)).anyMatch(s -> s.contains(sentence));
    }

    private static List<String> errors(MappingPlan plan) {
        return plan.findings().stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR)
                .map(Finding::sentence)
                .toList();
    }

    @Test
    void aTagOfALookUpIsRefusedBesideThem() {
        MappingBuilder builder =
                builder("rev")
                        .target(
                                new TargetTableConfig(
                                        "r",
                                        List.of(TagConfig.of("dev.label")),
                                        List.of(TagConfig.of("rev"))));

        assertThat(errors(builder.findings(TimePrecision.MS, COLUMNS)))
                .singleElement()
                .asString()
                .contains("has attributes and the TAG label of the look-up dev.label", "leave out");
    }

    @Test
    void rowsThatAreWrittenWithoutThemAreRefused() {
        MappingBuilder builder = builder("rev").policies(OnPartitionDrop.DELETE, OnCascade.REREAD);

        assertThat(errors(builder.findings(TimePrecision.MS, COLUMNS)))
                .satisfiesExactly(
                        s -> assertThat(s).contains("on_cascade: reread", "on_cascade: fail"),
                        s -> assertThat(s).contains("on_partition_drop: delete", "fail or ignore"));
        assertThat(
                        errors(
                                builder()
                                        .policies(OnPartitionDrop.DELETE, OnCascade.REREAD)
                                        .findings(TimePrecision.MS, COLUMNS)))
                .noneMatch(s -> s.contains("attributes"));
    }

    /** The limit is of a request with rows, and attributes are in none. */
    @Test
    void longOnesDoNotCountAsTheRow() {
        TableMapping mapping =
                builder("Model").plan(TimePrecision.MS, COLUMNS).withAttributesInRows();
        Object[] row = new Object[mapping.columns().size()];
        row[mapping.columnIndex("dev")] = 1L;
        row[mapping.columnIndex("at")] = 1L;
        row[mapping.columnIndex("img")] = new byte[1_000];
        row[mapping.columnIndex("Model")] = "m".repeat(2_000);

        assertThat(new RowMapper(mapping).map(row)).isInstanceOf(RowMapper.Mapped.class);
        row[mapping.columnIndex("img")] = new byte[1_001];
        assertThat(new RowMapper(mapping).map(row)).isInstanceOf(RowMapper.Rejected.class);
    }
}
