package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTemplateTest {

    private static String path(String template, Map<String, String> values) {
        return TreePath.of(
                DeviceTemplate.parse(template)
                        .names(
                                name -> {
                                    assertThat(values).containsKey(name);
                                    return values.get(name);
                                }));
    }

    @Test
    void fillsInColumns() {
        assertThat(path("root.kanban.device_{deviceId}", Map.of("deviceId", "17")))
                .isEqualTo("root.kanban.device_17");
    }

    @Test
    void fillsInSeveralColumnsAlsoWithinOneNode() {
        assertThat(path("root.p.{site}.{a}_{b}x", Map.of("site", "s", "a", "1", "b", "2")))
                .isEqualTo("root.p.s.`1_2x`");
    }

    @Test
    void aSeparatorMakesNodesOfTheValuesParts() {
        DeviceTemplate template = DeviceTemplate.parse("root.p.{site}.{path/}.x");
        assertThat(template.columns()).containsExactly("site", "path");
        assertThat(template.wholeNodePattern()).isEqualTo("root.p.*.**.x");
        String device = path("root.p.{site}.{path/}.x", Map.of("site", "a/b", "path", "l.1/t"));
        assertThat(device).isEqualTo("root.p.`a/b`.`l.1`.t.x");
        assertThat(template.matches(device)).isTrue();
        assertThat(template.perNode(TreePath.split(device)))
                .contains(List.of("root", "p", "a/b", "l.1/t", "x"));
        assertThat(template.matches("root.p.a.x")).isFalse();
        assertThat(template.matches("root.p.a.t.y")).isFalse();
        assertThat(IntStream.range(0, 6).mapToObj(i -> template.nodeOf(i, 6).columnNames()))
                .containsExactly(
                        List.of(),
                        List.of(),
                        List.of("site"),
                        List.of("path"),
                        List.of("path"),
                        List.of());
        assertThat(path("root.{path.}", Map.of("path", "a.b"))).isEqualTo("root.a.b");
    }

    @ParameterizedTest
    @CsvSource({
        "root.p.{a/}, root.p.x.y, true",
        "root.p.{a/}, root.p.{b}, true",
        "root.p.{a/}, root.p, false",
        "root.p.{a/}, root.q.x, false",
        "root.p.{a/}.x, root.p.{b}.y.x, true",
        "root.p.{a/}.x, root.p.{b/}.y, false",
        "root.{a/}.x, root.p.{b/}, true"
    })
    void devicesOfSeveralNodesMayBeThoseOfOtherTemplates(String one, String other, boolean may) {
        DeviceTemplate first = DeviceTemplate.parse(one);
        DeviceTemplate second = DeviceTemplate.parse(other);
        assertThat(first.overlaps(second)).isEqualTo(may);
        assertThat(second.overlaps(first)).isEqualTo(may);
    }

    @Test
    void takesATemplateWithoutColumns() {
        DeviceTemplate template = DeviceTemplate.parse("root.plant.line");
        assertThat(template.columns()).isEmpty();
        assertThat(path("root.plant.line", Map.of())).isEqualTo("root.plant.line");
        assertThat(template.pattern()).isEqualTo("root.plant.line");
        assertThat(template.fixedPrefix()).isEqualTo("root.plant.line");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    New York  | `New York`
                    a.b       | `a.b`
                    12        | `12`
                    12a       | `12a`
                    -1        | `-1`
                    a`b       | `a``b`
                    time      | `time`
                    *         | `*`
                    {site}    | `{site}`
                    plain_1   | plain_1
                    """)
    void keepsEveryValueOneNode(String value, String node) {
        assertThat(path("root.p.{site}.x", Map.of("site", value)))
                .isEqualTo("root.p." + node + ".x");
    }

    @Test
    void quotesTheWholeNodeNotTheValue() {
        assertThat(path("root.p.device_{id}", Map.of("id", "a.b")))
                .isEqualTo("root.p.`device_a.b`");
        assertThat(path("root.p.d{id}", Map.of("id", "12"))).isEqualTo("root.p.d12");
    }

    @Test
    void namesEachColumnOnceInOrder() {
        assertThat(DeviceTemplate.parse("root.{b}.{a}_{b}.{c}").columns())
                .containsExactly("b", "a", "c");
    }

    @Test
    void readsQuotedNodesOfTheTemplate() {
        DeviceTemplate template = DeviceTemplate.parse("root.`my.plant`.`a``b`.`{x}`.d_{id}");
        assertThat(template.columns()).containsExactly("id");
        assertThat(TreePath.of(template.names(name -> "1")))
                .isEqualTo("root.`my.plant`.`a``b`.`{x}`.d_1");
        assertThat(template.fixedPrefix()).isEqualTo("root.`my.plant`.`a``b`.`{x}`");
    }

    @Test
    void readsColumnNamesWithDotsAndBackticks() {
        DeviceTemplate template = DeviceTemplate.parse("root.p.{my.col}.{a`b}");
        assertThat(template.columns()).containsExactly("my.col", "a`b");
        assertThat(TreePath.of(template.names(name -> "v"))).isEqualTo("root.p.v.v");
    }

    @ParameterizedTest
    @CsvSource({
        "root.kanban.device_{id},  root.kanban.device_*,  root.kanban.*,       root.kanban",
        "root.kanban.{site}.line,  root.kanban.*.line,    root.kanban.*.line,  root.kanban",
        "root.{site}.a.{b},        root.*.a.*,            root.*.a.*,          root",
        "root.kanban.{site}_x,     root.kanban.*,         root.kanban.*,       root.kanban",
        "root.`12`.a.d{b}_{c},     root.`12`.a.d*,        root.`12`.a.*,       root.`12`.a"
    })
    void makesPatternsAndFixedPrefix(String template, String shown, String asked, String prefix) {
        DeviceTemplate parsed = DeviceTemplate.parse(template);
        assertThat(parsed.pattern()).isEqualTo(shown);
        assertThat(parsed.wholeNodePattern()).isEqualTo(asked);
        assertThat(parsed.fixedPrefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource({
        "root.kanban.device_{id},   root.kanban.device_1,          true",
        "root.kanban.device_{id},   root.kanban.`device_a.b`,      true",
        "root.kanban.device_{id},   root.kanban.device_,           false",
        "root.kanban.device_{id},   root.kanban.pump_1,            false",
        "root.kanban.device_{id},   root.kanban.device_1.x,        false",
        "root.kanban.device_{id},   root.other.device_1,           false",
        "root.kanban.device_{id},   root.kanban.Device_1,          false",
        "root.kanban.{site}_x,      root.kanban.`New York_x`,      true",
        "root.kanban.{site}_x,      root.kanban.`New York_y`,      false",
        "root.kanban.d{a}_{b},      root.kanban.d1_2,              true",
        "root.kanban.d{a}_{b},      root.kanban.d12,               false",
        "root.`a.b`.{c},            root.`a.b`.x,                  true",
        "root.`a.b`.{c},            root.a.b.x,                    false",
        "root.kanban.{site},        root.kanban.`a``b.c`,          true",
        "root.kanban.a+b,           root.kanban.aab,               false"
    })
    void tellsItsDevicesFromOthers(String template, String device, boolean expected) {
        assertThat(DeviceTemplate.parse(template).matches(device)).isEqualTo(expected);
    }
}
