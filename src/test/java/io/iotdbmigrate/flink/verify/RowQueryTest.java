package io.iotdbmigrate.flink.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RowQueryTest {
    private static SortedMap<Long, Set<String>> wanted(Map<Long, Set<String>> devicesByTime) {
        return new TreeMap<>(devicesByTime);
    }

    @Test
    void nothingIsAskedForNothing() {
        assertThat(RowQuery.about(wanted(Map.of()), 10, 10)).isEmpty();
    }

    @Test
    void oneServesAllThatFit() {
        assertThat(RowQuery.about(wanted(Map.of(-3L, Set.of("b"), 7L, Set.of("c", "a"))), 2, 6))
                .containsExactly(new RowQuery(List.of(-3L, 7L), List.of("a", "b", "c")));
    }

    @Test
    void itHasNoMoreTimesThanAllowed() {
        assertThat(
                        RowQuery.about(
                                wanted(Map.of(1L, Set.of("a"), 2L, Set.of("a"), 3L, Set.of("b"))),
                                2,
                                100))
                .containsExactly(
                        new RowQuery(List.of(1L, 2L), List.of("a")),
                        new RowQuery(List.of(3L), List.of("b")));
    }

    /** Two devices at two times may be four rows. */
    @Test
    void itFindsNoMoreRowsThanAllowed() {
        assertThat(RowQuery.about(wanted(Map.of(1L, Set.of("a"), 2L, Set.of("b"))), 2, 3))
                .containsExactly(
                        new RowQuery(List.of(1L), List.of("a")),
                        new RowQuery(List.of(2L), List.of("b")));
        assertThat(RowQuery.about(wanted(Map.of(1L, Set.of("a"), 2L, Set.of("b"))), 2, 4))
                .containsExactly(new RowQuery(List.of(1L, 2L), List.of("a", "b")));
    }

    @Test
    void devicesOfOneTimeStayTogether() {
        assertThat(RowQuery.about(wanted(Map.of(1L, Set.of("a", "b", "c"))), 2, 2))
                .containsExactly(new RowQuery(List.of(1L), List.of("a", "b", "c")));
    }
}
