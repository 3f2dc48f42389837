package io.iotdbmigrate.mapping;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathNodeTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "Line_7", "d1", "times", "rooted", "regions", "_1"})
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
                "region",
                "Region",
                "true",
                "NaN",
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

    /** Tried with IoTDB 2.0.1-beta: all of Unicode is taken in backticks, but for these. */
    @ParameterizedTest
    @ValueSource(strings = {"", "time", "TIME", "Timestamp", "root", "Root", "a\tb", "a\n"})
    void knowsNamesThatCannotBe(String name) {
        assertThat(PathNode.problem(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"times", " time", "a.b", "*", "`", "\\", " ", "🚀", "\r"})
    void takesAllOthers(String name) {
        assertThat(PathNode.problem(name)).isEmpty();
    }

    @Test
    void splitsWhatItQuoted() {
        assertThat(TreePath.split("root.温度.a")).containsExactly("root", "温度", "a");
        List<String> names = List.of("a", "12", "a.b", "`", "``.`", "New York", "`a`");
        String path = "root." + names.stream().map(PathNode::quote).collect(joining("."));
        assertThat(TreePath.split(path).subList(1, 8)).isEqualTo(names);
    }
}
