package io.iotdbmigrate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines of progress on terminals that are narrower than they are. */
class FittedTest {
    @Test
    void whatFitsStaysAsItIs() {
        assertThat(Fitted.lines("  lag   0", 9)).containsExactly("  lag   0");
        assertThat(Fitted.lines("", 9)).containsExactly("");
    }

    @Test
    void aLongOneGoesOnWhereItsTextBegan() {
        assertThat(Fitted.lines("  lag   12 events of it", 18))
                .containsExactly("  lag   12 events", "        of it");
    }

    /** Else there would be a word a line. */
    @Test
    void aTextThatBeginsFarToTheRightGoesOnAtTheLeft() {
        assertThat(Fitted.lines("[x] pause writes      0.1 s  gate", 24))
                .containsExactly("[x] pause writes", "  0.1 s  gate");
    }

    @Test
    void aLongWordStaysWhole() {
        assertThat(Fitted.lines("0123456789012345", 9)).containsExactly("0123456789012345");
        assertThat(Fitted.lines("  0123456789012345 a", 9))
                .containsExactly("  0123456789012345", "  a");
    }
}
