package io.iotdbmigrate.mysql.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BinlogFilterTest {
    @Test
    void onlyTheFirstOptionCounts() {
        BinlogFilter only = new BinlogFilter(List.of("plant", "other"), List.of("plant"), false);
        assertThat(only.logs("plant")).isTrue();
        assertThat(only.logs("third")).isFalse();
        assertThat(only.words()).isEqualTo("binlog_do_db is plant, other");
    }

    @Test
    void whatIsLeftOutIsNotLogged() {
        BinlogFilter without = new BinlogFilter(List.of(), List.of("plant"), false);
        assertThat(without.logs("plant")).isFalse();
        assertThat(without.logs("other")).isTrue();
        assertThat(without.words()).isEqualTo("binlog_ignore_db is plant");
        assertThat(new BinlogFilter(List.of(), List.of(), false).isSet()).isFalse();
    }

    @Test
    void theCaseCountsAsTheServerHasIt() {
        List<String> names = List.of("Plant");
        assertThat(new BinlogFilter(names, List.of(), true).logs("plant")).isTrue();
        assertThat(new BinlogFilter(names, List.of(), false).logs("plant")).isFalse();
        assertThat(new BinlogFilter(List.of(), names, true).logs("plant")).isFalse();
        assertThat(new BinlogFilter(List.of(), names, false).logs("plant")).isTrue();
    }
}
