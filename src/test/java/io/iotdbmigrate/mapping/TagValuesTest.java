package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TagValuesTest {
    private static final List<List<String>> DEVICES =
            List.of(
                    List.of(),
                    Arrays.asList((String) null),
                    List.of(""),
                    List.of("null"),
                    List.of("a', 'b"),
                    List.of("a", "b"),
                    List.of("'", "''"),
                    List.of("''", "'"),
                    Arrays.asList("x", null),
                    Arrays.asList(null, "x"),
                    List.of("x", "null"),
                    List.of("a (b)", ", "),
                    List.of("温度\n\\", "\""));

    @Test
    void everyTextIsReadBack() {
        Set<String> texts = new HashSet<>();
        for (List<String> values : DEVICES) {
            TagValues device = new TagValues("reading", values);
            assertThat(TagValues.parse(device.text())).isEqualTo(device);
            texts.add(device.text());
        }
        assertThat(texts).hasSameSizeAs(DEVICES);
    }

    @Test
    void aNameBehindTheTagsComesOffAgain() {
        for (List<String> values : DEVICES) {
            TagValues device = new TagValues("reading", values);
            TagValues named = device.with("it's, (x)");
            assertThat(named.last()).isEqualTo("it's, (x)");
            assertThat(named.withoutLast()).isEqualTo(device);
            assertThat(TagValues.textWithoutLast(named.text())).isEqualTo(device.text());
        }
        assertThat(TagValues.textWithoutLast("reading()")).isEqualTo("reading()");
        assertThat(TagValues.textWithoutLast("17")).isEqualTo("17");
    }

    @Test
    void peopleCanReadIt() {
        assertThat(new TagValues("reading", Arrays.asList("hall 7", null)).text())
                .isEqualTo("reading('hall 7', null)");
    }

    @Test
    void theLastTagIsReplaced() {
        TagValues first = new TagValues("reading", Arrays.asList("hall 7", null));

        assertThat(first.last()).isNull();
        assertThat(first.withLast("12").text()).isEqualTo("reading('hall 7', '12')");
        assertThat(first.withLast("12").withLast(null)).isEqualTo(first);
    }

    @Test
    void aPathOfTheTreeIsNone() {
        assertThatThrownBy(() -> TagValues.parse("root.plant.d1"))
                .hasMessageContaining("root.plant.d1");
    }
}
