package io.iotdbmigrate.mapping;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.ZeroDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What MySQL says of the same conditions is in WhereIT. */
class RowFilterTest {
    private static final Column[] COLUMNS = {
        column("at", "bigint"),
        nullable("a", "int"),
        nullable("b", "int"),
        nullable("when", "timestamp(3)"),
        nullable("day", "date"),
        nullable("span", "time"),
        nullable("y", "year"),
        nullable("bits", "bit(8)"),
        nullable("f", "double"),
        nullable("doc", "json"),
        text("word", "utf8mb4", "utf8mb4_bin"),
        text("exact", "utf8mb4", "utf8mb4_0900_bin"),
        text("old", "latin1", "latin1_bin"),
        text("seven", "swe7", "swe7_bin"),
        text("loose", "utf8mb4", "utf8mb4_general_ci"),
        text("kind", "utf8mb4", "utf8mb4_general_ci", "enum('on','it''s')"),
    };

    private static Column text(String name, String charset, String collation) {
        return text(name, charset, collation, "varchar(20)");
    }

    private static Column text(String name, String charset, String collation, String type) {
        return new Column(name, Columns.type(type), true, charset, collation);
    }

    private static MappingPlan plan(String where) {
        return MappingPlanner.plan(
                0,
                new MappingBuilder("root.d", "at").measurement("a").where(where).build(),
                Columns.table(COLUMNS),
                ZoneId.of("Europe/Berlin"),
                new TargetFacts(TimePrecision.MS, 1_000));
    }

    /** Of a row that has one value. */
    private static boolean takes(String where, Object value) {
        TableMapping mapping = plan(where).mapping();
        assertThat(mapping).as(plan(where).findings().toString()).isNotNull();
        Object[] row = new Object[mapping.columns().size()];
        row[0] = 1L;
        row[row.length - 1] = value;
        return mapping.filter().takes(row);
    }

    @Test
    void knowsThreeValues() {
        assertThat(takes("b = 1", 1L)).isTrue();
        assertThat(takes("b = 1", null)).isFalse();
        assertThat(takes("NOT b = 1", null)).isFalse();
        assertThat(takes("NOT b = 1 OR b IS NULL", null)).isTrue();
        assertThat(takes("NOT (b = 1 AND b IS NOT NULL)", null)).isTrue();
        assertThat(takes("b NOT IN (1, 2)", null)).isFalse();
        assertThat(takes("b NOT IN (1, 2)", 3L)).isTrue();
    }

    @Test
    void readsWhatItComparesWithOnce() {
        assertThat(takes("`when` >= '2026-07-01 00:00:00'", 1_782_856_800_000_000L)).isTrue();
        assertThat(takes("`when` > '2026-07-01'", 1_782_856_800_000_000L)).isFalse();
        assertThat(takes("day = '1970-01-02'", 1L)).isTrue();
        assertThat(takes("day <> '1970-01-02'", ZeroDate.ZERO_DATE)).isFalse();
        assertThat(takes("day IS NULL", ZeroDate.ZERO_DATE)).isTrue();
        assertThat(takes("span < '-00:00:01'", -2_000_000L)).isTrue();
    }

    @Test
    void padsTextsAsTheirCollationDoes() {
        assertThat(takes("word = 'a '", "a")).isTrue();
        assertThat(takes("word < 'a'", "a\t")).isTrue();
        assertThat(takes("exact = 'a '", "a")).isFalse();
        assertThat(takes("exact > 'a'", "a\t")).isTrue();
        assertThat(takes("BINARY loose = 'a'", "A")).isFalse();
        assertThat(takes("kind IN ('it''s')", "it's")).isTrue();
        assertThat(takes("word > '\uffee'", "\ud83d\ude00")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "nope = 1 | reading.nope: where: nope = 1 names a column that the table does not",
                "f > 1 | reading.f: where has f > 1, and DOUBLE is a rounded number",
                "doc = 'x' | reading.doc: where has doc = 'x', and JSON cannot be compared",
                "loose = 'a' | by collation utf8mb4_general_ci",
                "kind = 'ON' | 'ON' is none of the column's labels",
                "kind < 'on' | by collation utf8mb4_general_ci",
                "old = 'é' | is of character set latin1",
                "seven = 'a' | is of character set swe7",
                "b = '1' | INT is a number and is compared with a text",
                "word = 1 | VARCHAR(20) is a text and is compared with a number",
                "BINARY b = 1 | BINARY is for columns of text",
                "b = word | two columns are compared if both are integers",
                "y = 24 | YEAR takes other numbers than 1901 to 2155",
                "bits = 1.5 | BIT is compared with whole numbers only",
                "day = 20260101 | DATE is compared with a number; write a date such as",
                "day = '2026-02-30' | is a date that no calendar has",
                "day = '0000-00-00' | is no date from the year 1000 on",
                "`when` = '2026-01-01 25:00:00' | is a time that no clock has",
                "`when` = '2026-01-01 00:00:00.0001' | has more digits of a second than TIMESTAMP(3)",
                "`when` = '2026-03-29 02:30:00' | never was in Europe/Berlin",
                "`when` = '2026-10-25 02:30:00' | came twice in Europe/Berlin",
                "span = '839:00:00' | is a time that MySQL's TIME cannot hold",
            })
    void refusesWhatTheTwoSidesCouldTakeDifferently(String where, String why) {
        MappingPlan plan = plan(where);
        assertThat(plan.mapping()).isNull();
        assertThat(plan.findings())
                .filteredOn(f -> f.severity() == Finding.Severity.ERROR)
                .singleElement()
                .satisfies(f -> assertThat(f.sentence()).contains(why))
                .satisfies(f -> assertThat(f.remedy()).isNotEmpty());
    }

    @Test
    void isPartOfTheFingerprint() {
        TableMapping one = plan("b = 1").mapping();
        TableMapping same = plan("b=1").mapping();
        TableMapping other = plan("b = 2").mapping();
        assertThat(MappingFingerprints.of(List.of(one)))
                .isEqualTo(MappingFingerprints.of(List.of(same)))
                .isNotEqualTo(MappingFingerprints.of(List.of(other)));
    }
}
