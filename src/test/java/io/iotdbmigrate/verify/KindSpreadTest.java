package io.iotdbmigrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which differences stand in a table that has room for few. */
class KindSpreadTest {
    private final KindSpread<String> spread = new KindSpread<>(6);

    private void add(String kind, String device, int count) {
        for (int i = 1; i <= count; i++) {
            spread.add(kind, device, kind + " " + device + i);
        }
    }

    /** A thousand missing rows come first, and one of another kind behind them. */
    @Test
    void eachKindThatOccursIsShown() {
        add("missing", "a", 500);
        add("missing", "b", 500);
        add("different", "a", 1);
        add("extra", "c", 1000);

        assertThat(spread.items())
                .containsExactly(
                        "missing a1",
                        "missing b1",
                        "different a1",
                        "extra c1",
                        "extra c2",
                        "extra c3");
    }

    @Test
    void oneKindHasAllTheRoomThatNoOtherWants() {
        add("extra", "a", 3);
        add("extra", "b", 50);

        assertThat(spread.items())
                .containsExactly(
                        "extra a1", "extra a2", "extra a3", "extra b1", "extra b2", "extra b3");
    }

    @Test
    void whatFitsIsInTheOrderInWhichItCame() {
        add("extra", "b", 1);
        add("missing", "a", 1);
        add("extra", "a", 1);

        assertThat(spread.items()).containsExactly("extra b1", "missing a1", "extra a1");
    }

    @Test
    void noRoomAtAll() {
        KindSpread<String> none = new KindSpread<>(0);
        none.add("missing", "a", "x");

        assertThat(none.items()).isEmpty();
    }
}
