package io.iotdbmigrate.mapping;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static io.iotdbmigrate.mapping.Columns.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.MappingConfig.OnInvalid;
import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.mapping.TableMapping.Measurement;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.Finding.Severity;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingPlannerTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Hong_Kong");
    private static final Column ID = column("id", "bigint");
    private static final Column SITE = column("site", "varchar(20)");
    private static final Column AT = column("at", "datetime(3)");
    private static final Column TEMPERATURE = nullable("temperature", "double");

    private static MappingPlan plan(MappingBuilder mapping, TableSchema schema) {
        return MappingPlanner.plan(
                4, mapping.build(), schema, ZONE, new TargetFacts(TimePrecision.MS, 1_000));
    }

    private static MappingPlan plan(MappingBuilder mapping, Column... columns) {
        return plan(mapping, table(columns));
    }

    private static MappingBuilder mapping() {
        return new MappingBuilder("root.plant.{site}", "at");
    }

    private static List<Finding> problems(MappingPlan plan) {
        return plan.findings().stream().filter(f -> f.severity() != Severity.OK).toList();
    }

    private static void assertOneError(MappingPlan plan, String subject, String... words) {
        assertThat(plan.mapping()).isNull();
        assertThat(problems(plan)).hasSize(1);
        Finding finding = problems(plan).get(0);
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(finding.subject()).isEqualTo(subject);
        assertThat(finding.sentence()).contains(words);
        assertThat(finding.remedy()).isNotEmpty();
    }

    private static void assertOneWarning(MappingPlan plan, String subject, String... words) {
        assertThat(plan.mapping()).isNotNull();
        assertThat(problems(plan)).hasSize(1);
        Finding finding = problems(plan).get(0);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(finding.subject()).isEqualTo(subject);
        assertThat(finding.sentence()).contains(words);
        assertThat(finding.remedy()).isNotEmpty();
    }

    /** As the config does, which all other findings name it by. */
    @Test
    void findingsSpellTheTableAsTheConfigDoes() {
        MappingPlan plan =
                plan(
                        new MappingBuilder("`rea.<b>ding`", "root.plant.{site}", "at")
                                .measurement("temperature"),
                        ID,
                        SITE,
                        AT,
                        TEMPERATURE);

        assertThat(plan.findings())
                .isNotEmpty()
                .allMatch(f -> f.subject().startsWith("`rea.<b>ding`."));
    }

    @Test
    void decidesEverythingAboutATable() {
        MappingPlan plan =
                plan(
                        mapping()
                                .measurement("temperature")
                                .measurement(
                                        new MeasurementConfig("a.b", "ok", "INT32", "RLE", "ZSTD")),
                        ID,
                        SITE,
                        AT,
                        TEMPERATURE,
                        nullable("ok", "tinyint(1)"),
                        column("unused", "geometry"));

        assertThat(problems(plan)).isEmpty();
        TableMapping mapping = plan.mapping();
        assertThat(mapping).isNotNull();
        assertThat(mapping.index()).isEqualTo(4);
        assertThat(mapping.table()).hasToString("plant.reading");
        assertThat(mapping.columns())
                .extracting(Column::name)
                .containsExactly("site", "at", "temperature", "ok", "id");
        assertThat(mapping.time().columns()).containsExactly(1);
        assertThat(mapping.keyColumns()).containsExactly(4);
        assertThat(mapping.device().pattern()).isEqualTo("root.plant.*");
        assertThat(mapping.measurements())
                .containsExactly(
                        new Measurement(
                                "temperature", 2, TargetType.DOUBLE, null, null, OnInvalid.REJECT),
                        new Measurement(
                                "`a.b`", 3, TargetType.INT32, "RLE", "ZSTD", OnInvalid.REJECT));
        assertThat(mapping.aligned()).isTrue();
        assertThat(mapping.onUpdate()).isEqualTo(OnUpdate.OVERWRITE);
        assertThat(mapping.onDelete()).isEqualTo(OnDelete.DELETE);
        assertThat(mapping.onDuplicate()).isEqualTo(OnDuplicate.LAST);
        assertThat(mapping.zone()).isEqualTo(ZONE);
        assertThat(mapping.precision()).isEqualTo(TimePrecision.MS);
        assertThat(plan.findings())
                .extracting(Finding::sentence)
                .containsExactly(
                        "reading.temperature: DOUBLE -> DOUBLE", "reading.ok: TINYINT(1) -> INT32");
    }

    @Test
    void readsAColumnOnceHoweverOftenItIsUsed() {
        MappingPlan plan =
                plan(
                        new MappingBuilder("root.plant.{id}", "at")
                                .measurement("id")
                                .measurement(new MeasurementConfig("again", "id", null, null, null))
                                .measurement("at"),
                        ID,
                        AT);
        assertThat(plan.mapping()).isNotNull();
        assertThat(plan.mapping().columns()).containsExactly(ID, AT);
        assertThat(plan.mapping().measurements())
                .extracting(Measurement::column)
                .containsExactly(0, 0, 1);
        assertThat(plan.mapping().keyColumns()).containsExactly(0);
    }

    @Test
    void comparesColumnNamesWithoutCase() {
        MappingPlan plan =
                plan(
                        new MappingBuilder("root.plant.{SITE}", "AT").measurement("Temperature"),
                        ID,
                        SITE,
                        AT,
                        TEMPERATURE);
        assertThat(problems(plan)).isEmpty();
        assertThat(plan.mapping()).isNotNull();
        assertThat(plan.mapping().time().columns()).containsExactly(1);
        assertThat(plan.mapping().measurements())
                .extracting(Measurement::name)
                .containsExactly("Temperature");
    }

    @Test
    void takesEveryOtherColumnForAll() {
        MappingPlan plan =
                plan(
                        new MappingBuilder("root.plant.{Site}", "At").all(),
                        ID,
                        SITE,
                        AT,
                        TEMPERATURE,
                        nullable("note", "text"));
        assertThat(plan.mapping()).isNotNull();
        assertThat(plan.mapping().measurements())
                .extracting(Measurement::name)
                .containsExactly("id", "temperature", "note");
    }

    @Test
    void worksWithoutAPrimaryKey() {
        MappingPlan plan = plan(mapping().measurement("temperature"), SITE, AT, TEMPERATURE);
        assertThat(plan.mapping()).isNotNull();
        assertThat(plan.mapping().keyColumns()).isEmpty();
    }

    @Test
    void refusesATableThatHasNothingToMeasure() {
        assertOneError(plan(mapping().all(), SITE, AT), "reading", "measurements", "no column");
    }

    @Test
    void namesAMissingDeviceColumn() {
        assertOneError(
                plan(mapping().measurement("temperature"), ID, AT, TEMPERATURE),
                "reading.site",
                "device_template",
                "id, at, temperature");
    }

    @Test
    void namesAMissingTimeColumn() {
        assertOneError(
                plan(mapping().measurement("temperature"), ID, SITE, TEMPERATURE),
                "reading.at",
                "timestamp_field");
    }

    @Test
    void namesAMissingMeasurementColumn() {
        assertOneError(
                plan(
                        mapping()
                                .measurement(
                                        new MeasurementConfig("t", "temprature", null, null, null)),
                        ID,
                        SITE,
                        AT,
                        TEMPERATURE),
                "reading.temprature",
                "measurement t",
                "did you mean temperature?");
        assertOneError(
                plan(
                        new MappingBuilder("root.plant.{site.name}", "at")
                                .measurement("temperature"),
                        ID,
                        SITE,
                        AT,
                        TEMPERATURE),
                "reading.site.name",
                "device_template",
                "say of which one in iotdb.lookups: site: {table: ..., key: ...}");
    }

    @Test
    void reportsAllErrorsAtOnce() {
        MappingPlan plan = plan(mapping().measurement("temperature"), ID);
        assertThat(plan.mapping()).isNull();
        assertThat(problems(plan))
                .extracting(Finding::subject)
                .containsExactly("reading.site", "reading.at", "reading.temperature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"float", "double", "json", "geometry"})
    void refusesADeviceColumnWithoutAnExactName(String type) {
        assertOneError(
                plan(
                        mapping().measurement("temperature"),
                        ID,
                        column("site", type),
                        AT,
                        TEMPERATURE),
                "reading.site",
                "cannot name a device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"float", "time", "year", "bit(40)", "enum('a')", "json"})
    void refusesATimeColumnOfAnotherType(String type) {
        assertOneError(
                plan(
                        mapping().measurement("temperature"),
                        ID,
                        SITE,
                        column("at", type),
                        TEMPERATURE),
                "reading.at",
                "cannot be the time",
                "DATETIME");
    }

    @Test
    void refusesAUnitOnADate() {
        assertOneError(
                plan(
                        mapping().unit(TimestampUnit.MS).measurement("temperature"),
                        ID,
                        SITE,
                        AT,
                        TEMPERATURE),
                "reading.at",
                "timestamp_unit",
                "DATETIME(3)");
    }

    @Test
    void refusesAnUnsupportedMeasurement() {
        assertOneError(
                plan(mapping().measurement("place"), ID, SITE, AT, column("place", "geometry")),
                "reading.place",
                "GEOMETRY is not supported");
    }

    @Test
    void refusesAnUnsupportedColumnAmongAll() {
        assertOneError(
                plan(mapping().all(), ID, SITE, AT, column("place", "geometry")),
                "reading.place",
                "GEOMETRY is not supported",
                "instead of measurements: all");
    }

    /** IoTDB refuses these names even in backticks; root it takes, and cannot delete again. */
    @ParameterizedTest
    @ValueSource(strings = {"time", "Timestamp", "root", "a\tb"})
    void refusesAMeasurementOfANameThatIoTDBKeepsForItself(String name) {
        assertOneError(
                plan(mapping().measurement(name), ID, SITE, AT, column(name, "int")),
                "reading." + name,
                "{name: " + name + "_value, field: " + name + "}");
    }

    @Test
    void refusesATemplateWithSuchAName() {
        assertOneError(
                plan(
                        new MappingBuilder("root.`time`.{site}", "at").measurement("temperature"),
                        ID,
                        SITE,
                        AT,
                        TEMPERATURE),
                "reading",
                "device_template root.`time`.{site}",
                "keeps the name time");
    }

    @Test
    void refusesAnEncodingThatTheTypeCannotHave() {
        assertOneError(
                plan(
                        mapping()
                                .measurement(
                                        new MeasurementConfig("n", "n", null, "GORILLA", null)),
                        ID,
                        SITE,
                        AT,
                        column("n", "varchar(9)")),
                "reading.n",
                "GORILLA is not possible for TEXT",
                "PLAIN, DICTIONARY");
    }

    @Test
    void refusesATypeThatCannotHoldTheColumn() {
        assertOneError(
                plan(
                        mapping().measurement(new MeasurementConfig("n", "n", "INT32", null, null)),
                        ID,
                        SITE,
                        AT,
                        column("n", "int unsigned")),
                "reading.n",
                "INT32 cannot hold every INT UNSIGNED",
                "INT64, DOUBLE, TEXT, STRING");
    }

    @Test
    void warnsOfANullableDevice() {
        assertOneWarning(
                plan(
                        mapping().measurement("temperature"),
                        ID,
                        nullable("site", "int"),
                        AT,
                        TEMPERATURE),
                "reading.site",
                "may be null",
                "rejected");
    }

    @Test
    void warnsOfANullableTime() {
        assertOneWarning(
                plan(
                        mapping().measurement("temperature"),
                        ID,
                        SITE,
                        nullable("at", "datetime"),
                        TEMPERATURE),
                "reading.at",
                "may be null",
                "rejected");
    }

    @Test
    void warnsOfAnIntegerTimeWithoutUnit() {
        assertOneWarning(
                plan(
                        mapping().measurement("temperature"),
                        ID,
                        SITE,
                        column("at", "bigint"),
                        TEMPERATURE),
                "reading.at",
                "without a unit",
                "timestamp_unit");
    }

    @Test
    void takesAnIntegerTimeWithUnitSilently() {
        MappingPlan plan =
                plan(
                        mapping().unit(TimestampUnit.S).measurement("temperature"),
                        ID,
                        SITE,
                        column("at", "bigint unsigned"),
                        TEMPERATURE);
        assertThat(problems(plan)).isEmpty();
        assertThat(plan.mapping()).isNotNull();
        assertThat(plan.mapping().time()).isEqualTo(new RowTime.Count(1, TimestampUnit.S));
    }

    @Test
    void warnsOfATimeFinerThanTheServersUnit() {
        assertOneWarning(
                plan(
                        mapping().measurement("temperature"),
                        ID,
                        SITE,
                        column("at", "datetime(6)"),
                        TEMPERATURE),
                "reading.at",
                "cut off",
                "collapse");
    }

    @Test
    void warnsOfALossyMeasurement() {
        assertOneWarning(
                plan(
                        mapping()
                                .measurement(new MeasurementConfig("d", "d", "DOUBLE", null, null)),
                        ID,
                        SITE,
                        AT,
                        column("d", "decimal(20,4)")),
                "reading.d",
                "DECIMAL(20,4) -> DOUBLE",
                "15 of its 20 digits",
                "TEXT");
    }
}
