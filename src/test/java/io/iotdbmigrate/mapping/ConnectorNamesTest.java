package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorNamesTest {
    private static List<String> findings(String... tables) {
        return ConnectorNames.findings(
                        Stream.of(tables).map(table -> new TableId("plant", table)).toList())
                .stream()
                .map(Finding::sentence)
                .toList();
    }

    @Test
    void differInSpecialCharactersOnly() {
        assertThat(findings("温度", "reading", "湿度", "ta ble", "ta$ble"))
                .containsExactly(
                        "湿度: has a name that differs from 温度 in special characters only, and the"
                                + " MySQL CDC connector cannot follow both in one replication; put"
                                + " one of them into a config of its own, which has another name",
                        "ta$ble: has a name that differs from ta ble in special characters only,"
                                + " and the MySQL CDC connector cannot follow both in one"
                                + " replication; put one of them into a config of its own, which"
                                + " has another name");
    }

    @Test
    void areOneTableMappedTwice() {
        assertThat(findings("温度", "温度", "a_b", "ab", "A_b")).isEmpty();
    }

    @Test
    void haveADoubleQuoteAtAnEndThatNoCheckpointCanBeReadWith() {
        assertThat(findings("a \"b\"", "it's", "a\"b"))
                .containsExactly(
                        "a \"b\": has a double quote at an end of its name, or of its database's,"
                                + " plant, and the MySQL CDC connector cannot go on from a savepoint"
                                + " that has such a name; rename it in MySQL");
        assertThat(ConnectorNames.findings(List.of(new TableId("\"p", "t")))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "A_9", "c,d", "a.b", "h\\i", "\\E", "[k]", "r+(s)", "t$u", "温度", "😀", " "
            })
    void areListedSoThatNothingElseMatches(String name) {
        String literal = ConnectorNames.literal(name);

        assertThat(name).matches(literal);
        assertThat(literal).doesNotContain(",");
        assertThat(name + "x").doesNotMatch(literal);
        assertThat(name.replaceAll("\\W", "b") + name).doesNotMatch(literal);
    }
}
