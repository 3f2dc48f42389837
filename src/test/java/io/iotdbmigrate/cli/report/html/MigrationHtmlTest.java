package io.iotdbmigrate.cli.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A page about a whole migration; {@code ReportCommandTest} has most of what it says. */
class MigrationHtmlTest {
    @Test
    void howeverLongItTookItFitsIntoTwoMegabytes() {
        String page = MigrationHtml.render(RunScenes.longHistory(), VerifyScenes.ORIGIN);
        assertThat(page.getBytes(UTF_8).length).isBetween(500_000, 2_000_000);
        assertThat(page)
                .contains(
                        "7,500 older rows are left out.",
                        "80 earlier cutovers and rehearsals in full");
    }

    /** Who wrote the page does not know when the pause ended, if it did. */
    @Test
    void aPauseThatMayGoOnHasNoLength() {
        assertThat(RunScenes.cutoverPage(false))
                .contains("not as far as is known; they may be paused still")
                .doesNotContain("paused for");
        assertThat(RunScenes.cutoverPage(true)).contains("paused for").doesNotContain("as far as");
    }
}
