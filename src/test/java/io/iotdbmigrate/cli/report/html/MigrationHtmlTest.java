package io.iotdbmigrate.cli.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The size of a page about a whole migration; {@code ReportCommandTest} has what it says. */
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
}
