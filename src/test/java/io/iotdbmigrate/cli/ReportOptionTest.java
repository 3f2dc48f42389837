package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --report} of all commands, shown with {@code verify}. */
class ReportOptionTest {
    private final CliRunner cli;
    private final Path folder;
    private final Path file;

    ReportOptionTest(@TempDir Path folder) {
        this.cli = new CliRunner(folder);
        this.folder = folder;
        this.file = folder.resolve("verify.html");
    }

    private CliRunner.Result report(Path to, String... more) {
        return cli.verify(
                Stream.concat(Stream.of("--report", to.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private void refuses(Path to, String sentence) {
        CliRunner.Result result = report(to).exits(ExitCode.USAGE);
        assertThat(result.errLines()).singleElement().asString().contains(sentence);
        assertThat(cli.verifies.options).as("nothing was run").isNull();
    }

    @Test
    void writesAPageBesideTheResult() throws IOException {
        cli.verifies.report = FakeVerifies.report(2, null);
        CliRunner.Result result = report(file).exits(ExitCode.DIFFERENT);
        assertThat(result.out()).startsWith("2 rows differ: ");
        assertThat(result.err()).contains("report: " + file);
        assertThat(Files.readString(file))
                .contains("2 rows differ: ", "MySQL db:3306/plant", "verify --config")
                .doesNotContain("--report");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void behindARepairThePageSaysWhatIsFromBefore() throws IOException {
        cli.verifies.report = FakeVerifies.report(2, FakeVerifies.done(0, 0, 0));
        report(file);
        assertThat(Files.readString(file)).contains("below are from before the repair");
    }

    @Test
    void aRepairThatLeftDifferencesIsToldFirst() throws IOException {
        cli.verifies.report = FakeVerifies.report(3, FakeVerifies.done(0, 1, 0));
        report(file).exits(ExitCode.DIFFERENT);
        assertThat(Files.readString(file))
                .contains("not equal after a repair; before it 3 rows differ: ")
                .contains("1 row of the repair still differs");
    }

    @Test
    void countsHaveAPageToo() throws IOException {
        cli.verifies.counts = FakeVerifies.counts(1);
        report(file, "--counts", "--output", "json").exits(ExitCode.DIFFERENT);
        assertThat(Files.readString(file))
                .contains("1 device differs: ", "root.plant.d1", "values were not compared");
    }

    @Test
    void whatExistsIsLeftAloneWithoutForce() throws IOException {
        Files.writeString(file, "mine");
        refuses(file, "verify.html exists and is left alone");
        assertThat(file).hasContent("mine");
    }

    @Test
    void forceReplacesPagesAlone() throws IOException {
        report(file).exits(ExitCode.DONE);
        String before = Files.readString(file);
        cli.verifies.report = FakeVerifies.report(2, null);
        report(file, "--force").exits(ExitCode.DIFFERENT);
        assertThat(file).content().startsWith("<!DOCTYPE html>").isNotEqualTo(before);
        Files.writeString(file, "{}");
        assertThat(report(file, "--force").exits(ExitCode.USAGE).err())
                .contains("which is no page, so --force leaves it alone; name another file");
        assertThat(file).hasContent("{}");
    }

    @Test
    void theConfigIsNoPage() throws IOException {
        String before = Files.readString(cli.config);
        assertThat(report(cli.config, "--force").exits(ExitCode.USAGE).err())
                .contains("which is the config; name another file");
        assertThat(cli.config).content().isEqualTo(before);
    }

    @Test
    void aFolderIsNoFile() {
        refuses(folder, "which is a folder; name a file in it");
    }

    @Test
    void theFolderMustExist() {
        refuses(folder.resolve("no").resolve("such.html"), "but there is no folder");
        refuses(cli.config.resolve("x.html"), "but there is no folder");
    }

    @Test
    void aDeviceIsNoFile() {
        refuses(Path.of("/dev/null"), "which is no ordinary file; name another one");
    }

    /** Nobody, not even root, may make files there. */
    @Test
    void thePlaceMustBeWritable() {
        refuses(Path.of("/proc/verify.html"), "/proc/verify.html, which cannot be written (");
    }

    /** It is known before the run, not after hours of it. */
    @Test
    void theNameMustNotBeTooLong() {
        refuses(folder.resolve("x".repeat(300)), "which cannot be written (File name too long)");
        report(folder.resolve("x".repeat(255))).exits(ExitCode.DONE);
    }

    /** As from a variable that is not set. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t "})
    void aBlankNameIsNone(String name) {
        assertThat(cli.verify("--report", name).exits(ExitCode.USAGE).errLines())
                .containsExactly(
                        "error: --report is \"" + name + "\", which names no file; name one");
    }

    /** As every name beyond ASCII is to a Java that was started with LANG=C. */
    @Test
    void aNameThatNoFileCanHaveIsRefused() {
        assertThat(cli.verify("--report", "a\0b").exits(ExitCode.USAGE).errLines().get(0))
                .isEqualTo(
                        "error: Invalid value for option '--report': the name has characters that"
                                + " no file can have in this locale; set LC_ALL=C.UTF-8, or take"
                                + " another name");
    }

    @Test
    void filesBesideItAreLeftAlone() throws IOException {
        Path beside = Files.writeString(folder.resolve("verify.html.tmp"), "mine");
        report(file).exits(ExitCode.DONE);
        assertThat(beside).hasContent("mine");
    }

    @Test
    void aLinkStaysOne() throws IOException {
        Path place = Files.writeString(folder.resolve("there.html"), "<!DOCTYPE html>old");
        Files.createSymbolicLink(file, place);
        report(file, "--force").exits(ExitCode.DONE);
        assertThat(file).isSymbolicLink();
        assertThat(place).content().startsWith("<!DOCTYPE html>");
    }

    /** The result is on the terminal all the same. */
    @Test
    void whatCannotBeWrittenAtTheEndIsSaid() {
        cli.verifies.report = FakeVerifies.report(2, null);
        cli.verifies.meanwhile = () -> Files.createDirectory(file);
        CliRunner.Result result = report(file).exits(ExitCode.DIFFERENT);
        assertThat(result.out()).startsWith("2 rows differ: ");
        assertThat(result.errLines())
                .last()
                .isEqualTo(
                        "no report: --report is "
                                + file
                                + ", which is a folder; name a file in it");
    }

    @Test
    void forceAloneMeansNothing() {
        assertThat(cli.verify("--force").exits(ExitCode.USAGE).err())
                .contains("--force only means something with --report");
    }

    @Test
    void everyCommandWithAResultHasOne() throws IOException {
        cli.check("--report", folder.resolve("check.html").toString());
        cli.backfill("--report", folder.resolve("backfill.html").toString());
        cli.cutover("--report", folder.resolve("plan.html").toString());
        assertThat(folder.resolve("check.html")).content().contains("Findings");
        assertThat(folder.resolve("backfill.html"))
                .content()
                .contains("1<i>000</i><i>000</i>", "mysql-bin.000003:157");
        assertThat(folder.resolve("plan.html")).content().contains("nothing was changed");
    }

    @Test
    void whatHasNoResultHasNoPage() {
        String to = file.toString();
        assertThat(cli.check("--report", to, "--offline").exits(ExitCode.USAGE).err())
                .contains("--report has nothing to show with --offline");
        assertThat(cli.backfill("--report", to, "--dry-run").exits(ExitCode.USAGE).err())
                .contains("--report has nothing to show with --dry-run");
        assertThat(file).doesNotExist();
    }

    /** A page of an earlier run would tell nothing of this one. */
    @Test
    void aFailedRunSaysWhyOnItsPage() throws IOException {
        cli.backfills.failure =
                new UserException(ExitCode.IOTDB, "IoTDB db:6667 has no space left; free some");
        CliRunner.Result result = cli.backfill("--report", file.toString()).exits(ExitCode.IOTDB);
        assertThat(result.errLines())
                .endsWith("report: " + file, "error: IoTDB db:6667 has no space left; free some");
        assertThat(Files.readString(file))
                .contains(
                        "<span>failed: IoTDB db:6667 has no space left; free some</span></h1>",
                        "<td>ambience</td>",
                        "<span>500</span><i>000</i>",
                        "then the same goes on: iotdb-migrate backfill --config ");
    }

    @Test
    void aFailedComparisonSaysWhyOnItsPage() throws IOException {
        cli.verifies.meanwhile =
                () -> {
                    throw new IllegalStateException("five is not four");
                };
        report(file).exits(ExitCode.BUG);
        assertThat(Files.readString(file))
                .contains(
                        "failed: java.lang.IllegalStateException: five is not four; this is a bug,"
                                + " please report");
    }

    @Test
    void aStoppedRunHasNoPage() {
        cli.stopped();
        report(file).exits(ExitCode.INTERRUPTED);
        assertThat(file).doesNotExist();
    }
}
