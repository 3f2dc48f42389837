package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathNodeTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "Line_7", "d1", "times", "rooted", "_1"})
    void leavesPlainNamesAlone(String name) {
        assertThat(PathNode.quote(name)).isEqualTo(name);
        assertThat(PathNode.needsQuotes(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12",
                "1d",
                "New York",
                "a.b",
                "a-b",
                "ä",
                "温度",
                "*",
                "a*",
                "**",
                "{x}",
                "'",
                "\"",
                "a\nb",
                "a/b",
                "$",
                "root",
                "ROOT",
                "time",
                "Time",
                "timestamp",
                "TIMESTAMP",
                "٣x"
            })
    void quotesEverythingElse(String name) {
        assertThat(PathNode.quote(name)).isEqualTo("`" + name + "`");
        assertThat(PathNode.needsQuotes(name)).isTrue();
    }

    @Test
    void doublesInnerBackticks() {
        assertThat(PathNode.quote("a`b")).isEqualTo("`a``b`");
        assertThat(PathNode.quote("`")).isEqualTo("````");
    }
}
