package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iotdbmigrate.cli.report.html.RunScenes;
import io.iotdbmigrate.cli.report.html.VerifyScenes;
import io.iotdbmigrate.testkit.Chromium;
import io.iotdbmigrate.testkit.Tab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages of invented results in a browser; {@code target/screenshots} has what they look like. */
class PagesIT {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Texts that begin at the left of their chart's frame. */
    private static final String CUT =
            "[...document.querySelectorAll('svg text')].filter(t => t.getBoundingClientRect().width > 0"
                    + " && t.getBoundingClientRect().left <"
                    + " t.closest('.lanes,.fluid').getBoundingClientRect().left)"
                    + ".map(t => t.textContent).join()";

    @TempDir private static Path folder;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Chromium.find();
        assumeTrue(program.isPresent(), "no Chromium: scripts/sandbox prepare --with-chromium");
        chromium = new Chromium(program.get(), folder.resolve("profile"));
    }

    @AfterAll
    static void end() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Tab open(String name, String page) throws Exception {
        return chromium.open(Files.writeString(folder.resolve(name + ".html"), page));
    }

    static List<Map.Entry<String, String>> pages() {
        return List.of(
                Map.entry("verify-2-equal", VerifyScenes.page(VerifyScenes.equal(2))),
                Map.entry(
                        "verify-2-different", VerifyScenes.page(VerifyScenes.different(2, 10_000))),
                Map.entry("verify-50000-equal", VerifyScenes.page(VerifyScenes.equal(50_000))),
                Map.entry(
                        "verify-50000-different",
                        VerifyScenes.page(VerifyScenes.different(50_000, 10_000))),
                Map.entry("verify-hostile", VerifyScenes.page(VerifyScenes.hostile())),
                Map.entry("check", RunScenes.checkPage()),
                Map.entry("backfill", RunScenes.backfillPage()),
                Map.entry("backfill-failed", RunScenes.failedBackfillPage()),
                Map.entry("cutover", RunScenes.cutoverPage(true)),
                Map.entry("cutover-failed", RunScenes.cutoverPage(false)),
                Map.entry("cutover-undone", RunScenes.undonePage()),
                Map.entry("migration", RunScenes.migrationPage()));
    }

    /** Checksums that do not stand in one line, as the page is laid out now. */
    private static final String BROKEN =
            "(() => {const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
                    + " const broken = []; while (words.nextNode()) {const node ="
                    + " words.currentNode; for (const m of"
                    + " node.data.matchAll(/[0-9a-f]{32}/g)) {const r = document.createRange();"
                    + " r.setStart(node, m.index); r.setEnd(node, m.index + 32); if"
                    + " (r.getClientRects().length !== 1) broken.push(m[0]);}} return"
                    + " broken.join()})()";

    /** At a desk, dark, on a phone, and printed; hostile names of the pages were not run. */
    @ParameterizedTest
    @MethodSource("pages")
    void isWholeWithoutAnyOtherRequest(Map.Entry<String, String> page) throws Exception {
        String name = page.getKey();
        try (Tab tab = open(name, page.getValue())) {
            tab.screenshot(SCREENSHOTS.resolve(name + ".png"), 1200, false);
            tab.screenshot(SCREENSHOTS.resolve(name + "-dark.png"), 1200, true);
            tab.screenshot(SCREENSHOTS.resolve(name + "-phone.png"), 390, false);
            assertThat(tab.evaluate("document.documentElement.scrollWidth"))
                    .as("nothing but tables and charts scrolls sideways")
                    .isEqualTo("390");
            assertThat(tab.evaluate(CUT)).as("texts of charts that are cut off").isEmpty();
            tab.screenshotOfPrint(SCREENSHOTS.resolve(name + "-print.png"));
            assertThat(tab.evaluate("document.documentElement.scrollWidth"))
                    .as("nothing is cut off on paper")
                    .isEqualTo("703");
            assertThat(tab.evaluate(BROKEN)).as("checksums in pieces").isEmpty();
            tab.print(SCREENSHOTS.resolve(name + ".pdf"));
            assertThat(tab.requests()).singleElement().asString().endsWith(name + ".html");
            assertThat(tab.complaints()).isEmpty();
            assertThat(tab.evaluate("document.title")).endsWith(" of plant");
            assertThat(tab.evaluate("document.images.length")).isEqualTo("0");
        }
    }

    /** A table is only not sorted then. */
    @ParameterizedTest
    @MethodSource("pages")
    void saysTheSameWithoutScripts(Map.Entry<String, String> page) throws Exception {
        String text = "document.body.innerText";
        String sorted = "document.querySelectorAll('th[aria-sort]').length";
        try (Tab tab = open(page.getKey(), page.getValue())) {
            String with = tab.evaluate(text);
            assertThat(tab.evaluate(sorted)).isNotEqualTo("0");
            tab.loadWithoutScripts(folder.resolve(page.getKey() + ".html").toUri().toString());
            assertThat(tab.evaluate(sorted)).isEqualTo("0");
            assertThat(tab.evaluate(text)).isEqualTo(with);
        }
    }

    @Test
    void aNumberIsCopiedAsDigits() throws Exception {
        try (Tab tab = open("copy", RunScenes.backfillPage())) {
            assertThat(
                            tab.evaluate(
                                    "(s => {s.selectAllChildren(document.querySelector('#table-counts"
                                            + " .num .n')); return s.toString()})(getSelection())"))
                    .isEqualTo("9800000");
        }
    }

    /** The policy stops what an escape would have let through. */
    @Test
    void aForeignScriptIsNotRun() throws Exception {
        String page =
                VerifyScenes.page(VerifyScenes.equal(2))
                        .replace("</main>", "<script>document.title='run'</script></main>");
        try (Tab tab = open("foreign", page)) {
            assertThat(tab.evaluate("document.title")).isEqualTo("Comparison of plant");
            assertThat(tab.complaints())
                    .singleElement()
                    .asString()
                    .contains("Content Security Policy");
        }
    }

    @Test
    void sortsTablesByNumberAndByText() throws Exception {
        try (Tab tab = open("sort", VerifyScenes.page(VerifyScenes.different(50, 100)))) {
            List<String> rows = tab.column("device-counts", "rows");
            Comparator<String> byNumber = Comparator.comparingLong(Long::parseLong);
            assertThat(rows).hasSize(20).isNotEqualTo(rows.stream().sorted(byNumber).toList());

            tab.click("device-counts", "rows");
            assertThat(tab.column("device-counts", "rows"))
                    .containsExactlyElementsOf(rows.stream().sorted(byNumber).toList());
            tab.click("device-counts", "rows");
            assertThat(tab.column("device-counts", "rows"))
                    .containsExactlyElementsOf(rows.stream().sorted(byNumber.reversed()).toList());
            tab.click("device-counts", "device");
            assertThat(tab.column("device-counts", "device")).isSorted();
            for (String key : List.of("Enter", " ")) {
                tab.evaluate(
                        "(h => {h.focus(); h.dispatchEvent(new"
                                + " KeyboardEvent('keydown', {key: '"
                                + key
                                + "'}))})(document.querySelectorAll('#device-counts th')[2])");
                assertThat(tab.evaluate("document.activeElement.textContent")).isEqualTo("rows");
            }
            assertThat(tab.column("device-counts", "rows"))
                    .containsExactlyElementsOf(rows.stream().sorted(byNumber.reversed()).toList());
        }
    }
}
