package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.MappingConfig.OnInvalid;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TimePrecision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallNamesTest {
    private static final Column[] COLUMNS = {
        Columns.column("dev", "varchar(64)"),
        Columns.column("reading", "varchar(64)"),
        Columns.column("ts", "timestamp"),
        Columns.column("value", "varchar(64)")
    };

    private static MappingBuilder builder(String template) {
        return new MappingBuilder(template, "ts")
                .measurement(
                        new MeasurementConfig(
                                "{reading}", "value", "DOUBLE", null, null, OnInvalid.SKIP))
                .measurement(new MeasurementConfig("{reading}_text", "value", "TEXT", null, null));
    }

    private static TableMapping mapping() {
        return builder("root.fhem.{dev}").plan(TimePrecision.MS, COLUMNS);
    }

    private static RowMapper.Result map(TableMapping mapping, String device, String reading) {
        return new RowMapper(mapping).map(new Object[] {device, reading, 5_000L, "7.5"});
    }

    private static String rejection(TableMapping mapping, String reading) {
        RowMapper.Rejected rejected = (RowMapper.Rejected) map(mapping, "attic", reading);
        assertThat(rejected.row().column()).isEqualTo("reading");
        return rejected.row().reason();
    }

    @Test
    void theNameIsOneMoreNodeOfTheDevice() {
        TableMapping mapping = mapping();
        RowMapper.Mapped row = (RowMapper.Mapped) map(mapping, "cellar.a", "pump.1");
        String device = row.row().device().path();
        assertThat(device).isEqualTo("root.fhem.`cellar.a`.`pump.1`");
        assertThat(mapping.measurements().stream().map(m -> SeriesPath.of(device, m.name())))
                .containsExactly(
                        "root.fhem.`cellar.a`.`pump.1`", "root.fhem.`cellar.a`.`pump.1_text`");
        assertThat(mapping.measurements().stream().map(mapping::shown))
                .containsExactly("{reading}", "{reading}_text");
        assertThat(mapping.holder().pattern()).isEqualTo("root.fhem.*");
        assertThat(row.row().values()).hasSize(2);
    }

    @Test
    void aBacktickAndADotInANameDoNotEndIt() {
        String device = TreePath.of(List.of("root", "a", "b.`c.d"));
        assertThat(SeriesPath.holder(device, "`{}`")).isEqualTo("root.a");
        assertThat(SeriesPath.node(device, "`{}_x`")).isEqualTo("`b.``c.d_x`");
        assertThat(SeriesPath.of("root.a.b", "plain")).isEqualTo("root.a.b.plain");
    }

    @ParameterizedTest
    @CsvSource({"a, a, 0", "a_text, a, 1", "a_text_text, a_text, 1", "_text, _text, 0"})
    void readsNamesBack(String name, String row, int measurement) {
        assertThat(mapping().tall().find(name)).contains(new TallNames.Found(row, measurement));
    }

    @Test
    void rejectsARowWhoseMeasurementIsAnothers() {
        assertThat(rejection(mapping(), "lamp_text"))
                .isEqualTo(
                        "cannot name a measurement: measurement lamp_text is that of the name"
                                + " lamp");
    }

    @Test
    void rejectsNamesThatIotdbCannotHave() {
        assertThat(rejection(mapping(), "time"))
                .isEqualTo("cannot name a measurement: IoTDB keeps the name time for itself");
        assertThat(rejection(mapping(), "a\tb")).contains("no tab or line break");
        assertThat(rejection(mapping(), "")).isEqualTo("a measurement needs a name, this is empty");
        assertThat(rejection(mapping(), null))
                .isEqualTo("a measurement needs a name, this is null");
    }

    @Test
    void knowsWhatOtherMappingsCallTheirMeasurements() {
        TableMapping wide =
                new MappingBuilder("weather", "root.fhem.{dev}", "ts")
                        .measurement("value")
                        .plan(TimePrecision.MS, COLUMNS);
        TableMapping tall = TallNames.among(List.of(mapping(), wide)).get(0);
        assertThat(rejection(tall, "value"))
                .contains("measurement value is one that all rows of another mapping have");
        assertThat(tall.tall().find("value")).isEmpty();
        assertThat(map(tall, "attic", "values")).isInstanceOf(RowMapper.Mapped.class);
        assertThat(TargetUnit.of(List.of(tall, wide))).hasSize(2);
    }

    @Test
    void theMarkOfDeletedRowsIsANameOfItsOwn() {
        TableMapping mapping =
                builder("root.fhem.{dev}")
                        .policies(OnUpdate.OVERWRITE, OnDelete.MARK)
                        .plan(TimePrecision.MS, COLUMNS);
        assertThat(SeriesPath.of("root.fhem.attic.lamp", mapping.mark()))
                .isEqualTo("root.fhem.attic.lamp_deleted");
        assertThat(rejection(mapping, "lamp_deleted")).contains("that of the name lamp");
    }
}
