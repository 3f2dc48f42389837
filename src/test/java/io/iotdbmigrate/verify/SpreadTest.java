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
}
