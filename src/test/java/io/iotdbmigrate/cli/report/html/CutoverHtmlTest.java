package io.iotdbmigrate.cli.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cutover.CutoverReport;
import org.junit.jupiter.api.Test;

/** Which bars a page about a cutover draws. */
class CutoverHtmlTest {
    private static String page(CutoverReport report) {
        return CutoverHtml.render(report, VerifyScenes.ORIGIN);
    }

    /** It has a colour, a height and a word of its own. */
    @Test
    void theStepThatFailedIsNotLikeTheOthers() {
        assertThat(page(CutoverScenes.undone()))
                .contains(
                        "<title>drain: 60.0 s, failed</title><rect class=\"bad\"",
                        "y=\"0\" width=\"62.7%\" height=\"22\"",
                        "<title>pause writes: 0.1 s</title><rect class=\"three\"",
                        "done, then undone",
                        "<td>failed, undone</td>",
                        "<td>not begun</td>")
                .doesNotContain("class=\"two\"");
        assertThat(page(CutoverScenes.switched()))
                .doesNotContain("class=\"bad\"", "class=\"undoing\"");
    }

    @Test
    void undoingHasABar() {
        assertThat(page(CutoverScenes.undone()))
                .contains("<title>undoing: 4.5 s</title><rect class=\"undoing\"");
    }

    /** What was under way when a process was killed went on until it was undone, at most. */
    @Test
    void aStepThatWasCutOffHasNotEnded() {
        assertThat(page(CutoverScenes.aborted()))
                .contains(
                        "<title>drain: 60.0 s, not ended</title><rect class=\"two\"",
                        "<title>undoing: 4.5 s</title>",
                        "<td>not ended, undone</td>",
                        "60<i>040</i>");
    }

    @Test
    void countsThatCannotBeComparedAreTold() {
        assertThat(page(CutoverScenes.switched()))
                .contains(
                        "counts of tables where a row of MySQL need not be a row of IoTDB",
                        "Found is a row of MySQL that is in IoTDB, or that gave way");
    }
}
