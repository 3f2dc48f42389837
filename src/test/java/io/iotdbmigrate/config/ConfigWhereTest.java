package io.iotdbmigrate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.where.IllegalConditionException;
import io.iotdbmigrate.config.where.WhereConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigWhereTest {
    private static String text(String where) throws IllegalConditionException {
        return WhereConfig.parse(where).text();
    }

    @Test
    void hasOneSpelling() throws Exception {
        String spelled = "a = 1 AND (`b c` IN ('x', 'it''s') OR NOT c IS NOT NULL)";
        assertThat(text("  a=1 and(`b c`in('x','it''s')\n or not c is not null)"))
                .isEqualTo(spelled);
        assertThat(text(spelled)).isEqualTo(spelled);
        assertThat(WhereConfig.parse("a=-1.50 ")).isEqualTo(WhereConfig.parse("a = -1.50"));
        assertThat(WhereConfig.parse("a = 'X'")).isNotEqualTo(WhereConfig.parse("a = 'x'"));
    }

    @Test
    void bindsAsSqlDoes() throws Exception {
        assertThat(WhereConfig.parse("NOT a = 1 AND b = 2 OR c = 3").condition())
                .isEqualTo(WhereConfig.parse("((NOT (a = 1)) AND (b = 2)) OR (c = 3)").condition());
        assertThat(WhereConfig.parse("NOT NOT a = 1 OR b = 2").condition())
                .isEqualTo(WhereConfig.parse("(NOT (NOT a = 1)) OR b = 2").condition());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ABS(a) = 1 | calls ABS(...)",
                "a = now() | calls now(...)",
                "a + 1 = 2 | has \"+\"",
                "a == 1 | has = where it does not belong",
                "a != 1 | has !=; write <>",
                "a = NULL | compares with NULL",
                "a IN (1, NULL) | compares with NULL",
                "a IN (b) | has b in a list of IN",
                "a IN () | has ) where it does not belong",
                "a LIKE 'x%' | has LIKE, which is not for here",
                "a BETWEEN 1 AND 2 | has BETWEEN",
                "a = \"x\" | has a double quote",
                "a = 'x | has a quote that is not closed",
                "a = 'x\\' | has a backslash",
                "t.a = 1 | has a dot behind a name",
                "1 = 1 | names no column",
                "a | ends where a condition goes on",
                "a = | ends where a condition goes on",
                "(a = 1 | ends where a condition goes on",
                "a = 1) | has ) where it does not belong",
                "a = 1 b = 2 | has b where it does not belong",
                "a = 1e3 | has 1e, which is no number in decimal",
                "a = 1.2.3 | has 1.2.",
                "a = 1; DROP TABLE t | has \";\"",
                "a = 1 -- b | has \"-\"",
                "a IS 1 | has 1 where it does not belong",
                "a COLLATE utf8mb4_bin = 'x' | has COLLATE",
                "~ ~ | ends where a condition goes on",
            })
    void refusesAllElse(String where, String why) {
        assertThatThrownBy(() -> WhereConfig.parse(where))
                .isInstanceOf(IllegalConditionException.class)
                .hasMessageContaining(why.strip());
    }

    @Test
    void hasItsBounds() {
        String deep = "(".repeat(60) + "a = 1" + ")".repeat(60);
        assertThatThrownBy(() -> WhereConfig.parse(deep)).hasMessageContaining("more than 50");
        assertThatThrownBy(() -> WhereConfig.parse("a = " + "9".repeat(66)))
                .hasMessageContaining("65 digits");
    }

    @Test
    void namesTheMappingAndTheText() {
        String yaml =
                ConfigTexts.withMeasurements("all")
                        .replace("at\n", "at\n      where: a < ABS(b)\n");
        assertThatThrownBy(() -> ConfigTexts.load(yaml))
                .hasMessageContaining("iotdb.mappings[0].where: \"a < ABS(b)\" calls ABS(...)");
    }
}
