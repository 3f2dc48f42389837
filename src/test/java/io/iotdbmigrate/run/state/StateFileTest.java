package io.iotdbmigrate.run.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the state folder, written by this version and by 0.1.0 before records were written. */
class StateFileTest {
    @TempDir Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file.json"), text);
    }

    @Test
    void aRunningJobSurvives() throws Exception {
        RunningJob job =
                new RunningJob(
                        "cdc",
                        true,
                        4711,
                        "host",
                        "http://127.0.0.1:8081",
                        "abc",
                        Instant.parse("2026-11-22T10:00:00.5Z"),
                        "file:/s");
        Path file = folder.resolve("file.json");

        job.write(file);

        assertThat(RunningJob.read(file)).contains(job);
        assertThat(file).content().contains("\"started_at\" : \"2026-11-22T10:00:00.500Z\"");
        assertThat(file).content().doesNotContain("gone");
    }

    @Test
    void aCheckSurvives() throws Exception {
        LastCheck check =
                new LastCheck(
                        Instant.parse("2026-11-22T10:00:00.5Z"),
                        true,
                        List.of("t"),
                        new CheckReport(
                                List.of(Finding.error(ExitCode.MYSQL, "t", "is odd", "mend it")),
                                List.of(
                                        new CheckReport.Table("t", 90, null, null),
                                        new CheckReport.Table(
                                                "u",
                                                "u|t",
                                                90,
                                                "id",
                                                new CheckReport.Counts(
                                                        80, true, 5, -1, 1, 2, 3, 4)))));
        StateFolder state = new StateFolder(folder.resolve("new"));
        assertThat(LastCheck.read(state)).isEmpty();

        check.keep(state);

        assertThat(LastCheck.read(state)).contains(check);
    }

    @Test
    void aFormerRunningJobIsRead() throws Exception {
        assertThat(
                        RunningJob.read(
                                file(
                                        """
                                        {"command": "backfill", "remote": false, "pid": 7,
                                         "host": "h", "rest": "http://h:1", "job": "j",
                                         "started_at": "2026-11-22T10:00:00Z", "savepoints": ""}
                                        """)))
                .contains(
                        new RunningJob(
                                "backfill",
                                false,
                                7,
                                "h",
                                "http://h:1",
                                "j",
                                Instant.parse("2026-11-22T10:00:00Z"),
                                ""));
    }

    @Test
    void aReplicationsFileSurvives() throws Exception {
        CdcRunFile run = new CdcRunFile("r", null, Map.of("p.t", "id INT"));
        Path file = folder.resolve("file.json");

        run.write(file);

        assertThat(CdcRunFile.read(file)).contains(run);
        assertThat(CdcRunFile.read(file("{\"run\": \"r\", \"backfill\": \"b\"}")))
                .contains(new CdcRunFile("r", "b", Map.of()));
    }

    @Test
    void aBackfillsFileSurvives() throws Exception {
        BackfillRunFile here = new BackfillRunFile("r", "f", null);
        BackfillRunFile sent =
                new BackfillRunFile(
                        "r", "f", new RemoteJob("backfill", ClusterAddress.parse("h:8081"), "j"));
        Path file = folder.resolve("file.json");

        here.write(file);
        assertThat(BackfillRunFile.read(file)).contains(here);
        sent.write(file);
        assertThat(BackfillRunFile.read(file)).contains(sent);
        assertThat(BackfillRunFile.read(file("{\"run\": \"r\", \"fingerprint\": \"f\"}")))
                .contains(here);
    }

    @Test
    void noFileIsNoRecord() throws Exception {
        assertThat(RunningJob.read(folder.resolve("none"))).isEmpty();
    }

    /** As after a full disk, or of another program. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{\"run\": ", "null", "[]", "\u00ff"})
    void whatIsNoRecordIsNamed(String text) throws Exception {
        Path half = folder.resolve("file.json");
        Files.writeString(half, text, StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> CdcRunFile.read(half))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "the state folder's "
                                + half
                                + " is cut off or was not written by iotdb-migrate; delete the"
                                + " file, or give another folder with --state-dir");
    }

    @Test
    void aCheckWithoutFindingsIsNoRecord() throws Exception {
        Files.writeString(folder.resolve("check.json"), "{}");
        assertThatThrownBy(() -> LastCheck.read(new StateFolder(folder)))
                .isInstanceOf(UserException.class);
    }
}
