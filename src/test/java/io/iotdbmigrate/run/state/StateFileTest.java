package io.iotdbmigrate.run.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void halfAFileIsAnError() throws Exception {
        Path half = file("{\"run\": ");
        assertThatThrownBy(() -> CdcRunFile.read(half)).isInstanceOf(IOException.class);
    }
}
