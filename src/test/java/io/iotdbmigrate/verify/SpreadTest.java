package io.iotdbmigrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static List<String> spread(int most, String... items) {
        Spread<String> spread = new Spread<>(most);
        for (String item : items) {
            spread.add(item.substring(0, 1), item);
        }
        return spread.items();
    }

    @Test
    void oneGroupHasAllTheRoomThatNoOtherTakes() {
        assertThat(spread(3, "a1", "a2", "a3", "a4")).containsExactly("a1", "a2", "a3");
        assertThat(spread(3, "a1", "b1")).containsExactly("a1", "b1");
    }

    @Test
    void theLastOfTheLargestGroupGivesWay() {
        assertThat(spread(4, "a1", "a2", "a3", "a4", "b1", "b2", "c1"))
                .containsExactly("a1", "b1", "b2", "c1");
        assertThat(spread(2, "a1", "a2", "b1", "c1", "d1"))
                .as("the first groups stay")
                .containsExactly("a1", "b1");
    }

    @Test
    void nothingIsKeptWhereThereIsNoRoom() {
        assertThat(spread(0, "a1", "b1")).isEmpty();
    }

    @Test
    void manyGroupsShareTheRoom() {
        Spread<String> spread = new Spread<>(100_000);
        for (int i = 0; i < 150_000; i++) {
            spread.add("large", "large " + i);
        }
        for (int i = 0; i < 200_000; i++) {
            spread.add("small " + i % 99_000, "small " + i);
        }
        List<String> items = spread.items();
        assertThat(items).hasSize(100_000);
        assertThat(items.subList(0, 3)).containsExactly("large 0", "large 1", "small 0");
        assertThat(items).last().isEqualTo("small 99997");
    }
}
