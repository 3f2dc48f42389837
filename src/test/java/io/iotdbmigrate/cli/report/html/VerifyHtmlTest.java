package io.iotdbmigrate.cli.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.verify.VerifyReport;
import org.junit.jupiter.api.Test;

class VerifyHtmlTest {
    private static final String COMMAND = "iotdb-migrate verify --config plant.yml";

    private static String page(VerifyReport report) {
        return VerifyHtml.render(report, VerifyScenes.ORIGIN, COMMAND);
    }

    @Test
    void equalSaysSoAndWhatWasCompared() {
        assertThat(page(VerifyScenes.equal(2)))
                .startsWith("<!DOCTYPE html>")
                .contains(
                        "equal: 2,000 rows compared by checksums in 14.2 s",
                        "nothing: every row and every value",
                        "9f86d081884c7d65",
                        "3 rows cannot be mapped",
                        "Begun at <span class=\"time\">2026-11-22T10:15:12Z</span>, ended at ",
                        ". Of that, reading and comparing took 14.2 s.")
                .doesNotContain("<svg", "id=\"differences\"");
    }

    @Test
    void changesBetweenTheReadingsAreTheReasonOfTwoChecksums() {
        assertThat(page(VerifyScenes.equalAfterChanges()))
                .contains(
                        "no: rows changed while both sides were read; read again, they were equal")
                .doesNotContain("IoTDB does not keep");
    }

    @Test
    void whatWasNotComparedStandsBeforeAllFigures() {
        String page = page(VerifyScenes.different(50, 100));
        assertThat(page.indexOf("rows before <span class=\"time\">2026-10-01T00:00:00Z</span>"))
                .isPositive()
                .isLessThan(page.indexOf("<table"));
        assertThat(page)
                .contains(
                        "20 of 100, of each kind, and from as many devices as fit",
                        COMMAND + " --repair",
                        "differences.jsonl");
    }

    @Test
    void hundredThousandDevicesFitIntoTwoMegabytes() {
        assertThat(page(VerifyScenes.different(100_000, 300_000)).getBytes(UTF_8).length)
                .isBetween(50_000, 2_000_000);
    }

    @Test
    void whatDoesNotFitIsLeftOutAndTold() {
        String page = page(VerifyScenes.manyTables());
        assertThat(page.getBytes(UTF_8).length).isBetween(500_000, 2_000_000);
        assertThat(page)
                .contains(
                        "id=\"map-1\"",
                        " more tables have differences and no map here.",
                        "500 more rows are left out.",
                        "19,500 more rows are left out.");
    }

    @Test
    void hostileNamesAreText() {
        String page = page(VerifyScenes.hostile());
        assertThat(page)
                .contains("&quot;&#x27;&gt;&lt;script&gt;document.title")
                .contains("<span class=\"code\">\\n\\u0000</span>")
                .doesNotContain("<script>document.title", "<img", "\0");
    }

    @Test
    void nothingIsLoaded() {
        assertThat(page(VerifyScenes.different(50, 100)))
                .contains("default-src &#x27;none&#x27;")
                .doesNotContain("http:", "https:", "src=", "url(", "@import", "style=");
    }
}
