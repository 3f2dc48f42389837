package io.iotdbmigrate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SparklineTest {
    private static String line(boolean blocks, long... values) {
        Sparkline line = new Sparkline(blocks);
        for (long value : values) {
            line.add(value);
        }
        return line.text(100);
    }

    @Test
    void barsAreAsHighAsTheirShareOfTheHighest() {
        assertThat(line(true, 0, 350, 700, 1_400)).isEqualTo("▁▂▄█  0 to 1,400");
        assertThat(line(true, 0, 0)).isEqualTo("▁▁  0 to 0");
    }

    @Test
    void wordsSayTheSameWhereThereAreNoBars() {
        assertThat(line(false, 0, 350, 1_400)).isEqualTo("0 to 1,400 in the last 3 looks");
    }

    @Test
    void oneValueIsNoCourse() {
        assertThat(line(true, 7)).isEmpty();
    }

    /** Between which values the bars are matters more than old ones. */
    @Test
    void onANarrowTerminalThereAreFewerBars() {
        Sparkline line = new Sparkline(true);
        for (long value : new long[] {9_000, 0, 35, 70, 140}) {
            line.add(value);
        }
        assertThat(line.text(17)).isEqualTo("█▁▁▁▁  0 to 9,000");
        assertThat(line.text(16)).isEqualTo("▁▂▄█  0 to 140");
        assertThat(line.text(14)).isEqualTo("▁▂▄█  0 to 140");
        assertThat(line.text(13)).isEqualTo("▄█  70 to 140");
        assertThat(line.text(9)).isEqualTo("0 to 9,000");
    }

    @Test
    void onlyTheLastOnesAreDrawn() {
        long[] values = new long[1_000];
        values[0] = Long.MAX_VALUE;
        values[999] = 7;
        assertThat(line(true, values)).isEqualTo("▁".repeat(39) + "█  0 to 7");
    }

    @Test
    void theHighestValuesAreDrawnToo() {
        assertThat(line(true, Long.MAX_VALUE, Long.MAX_VALUE / 2)).startsWith("█▄");
    }
}
