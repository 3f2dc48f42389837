package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConnectorNamesTest {
    private static List<String> clashes(String... tables) {
        return ConnectorNames.clashes(
                        Stream.of(tables).map(table -> new TableId("plant", table)).toList())
                .stream()
                .map(Finding::sentence)
                .toList();
    }

    @Test
    void differInSpecialCharactersOnly() {
        assertThat(clashes("温度", "reading", "湿度", "ta ble", "ta$ble"))
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
        assertThat(clashes("温度", "温度", "a_b", "ab", "A_b")).isEmpty();
    }
}
