package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.iotdbmigrate.journal.CdcCourse;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.testkit.Chromium;
import io.iotdbmigrate.testkit.InProcess;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.Tab;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The pages of one migration in a browser, beside the JSON of the same runs. */
@ExtendWith(ServersExtension.class)
class ReportIT {
    private static final int ROWS = 40_000;
    private static final String OPEN = "open in a browser: ";
    private static final String STATE = "st ate";
    private static final String FOOT = "document.querySelector('footer').textContent";
    private static final String HOSTILE = "<script>document.title=1</script>\"'&amp;";

    @TempDir private Path folder;
    private Chromium chromium;
    private Migration migration;

    @Test
    void pagesAndJsonSayTheSame(TestDatabase database) throws Exception {
        Optional<Path> program = Chromium.find();
        assumeTrue(program.isPresent(), "no Chromium: scripts/sandbox prepare --with-chromium");
        migration(database);
        try (Chromium started = new Chromium(program.get(), folder.resolve("profile"))) {
            chromium = started;
            check();
            backfill();
            try (Session session = database.session()) {
                session.executeNonQueryStatement(
                        "DELETE FROM "
                                + database.iotdbDatabase()
                                + ".`"
                                + HOSTILE
                                + "`.* WHERE time <= 700");
            }
            database.execute("UPDATE t SET v = -1 WHERE id IN (1000, 2000, 3000)");
            verify();
            cutoverPlan();
            repair();
            replicate();
            assertThat(folder.resolve(STATE).resolve("checkpoints").resolve("cdc"))
                    .as("no folder called st%20ate has them")
                    .isDirectory();
            whole();
            live();
        }
    }

    private void migration(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev VARCHAR(60), ts BIGINT, KEY (dev, ts), v INT, `"
                        + HOSTILE
                        + "` INT)");
        database.insert("t", ROWS, "n, CONCAT('d', n % 7), n, n, n");
        database.execute(
                "UPDATE t SET dev = '" + HOSTILE.replace("'", "''") + "' WHERE id % 7 = 0");
        migration =
                new Migration(
                        database,
                        folder.resolve("state"),
                        """
                        - table: t
                          device_field: dev
                          timestamp_field: ts
                          timestamp_unit: ms
                          device_template: DB.{dev}
                          measurements: all
                        """,
                        "backfill: {chunk_rows: 2000, rate_limit: 15000}\n"
                                + "flink: {checkpoint_interval: 2s}\n"
                                + "cutover: {pause: lock_tables, verify: full}\n");
        Files.writeString(folder.resolve("it.yml"), migration.yaml());
    }

    private Tool.Result run(int exitCode, String... command) throws Exception {
        Tool.Result result =
                InProcess.run(
                        Stream.concat(
                                        Stream.of(command),
                                        Stream.of(
                                                "--config",
                                                inFolder("it.yml"),
                                                "--state-dir",
                                                inFolder(STATE)))
                                .toArray(String[]::new));
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result;
    }

    private JsonNode json(int exitCode, String command) throws Exception {
        String report = inFolder(command + ".html");
        Tool.Result result = run(exitCode, command, "--output", "json", "--report", report);
        assertThat(result.err()).contains("report: " + report);
        return new JsonMapper().readTree(result.out());
    }

    private String inFolder(String name) {
        return folder.resolve(name).toString();
    }

    private Tab open(String name) throws Exception {
        Tab tab = chromium.open(folder.resolve(name + ".html"));
        assertThat(tab.requests()).as("requests of " + name).hasSize(1);
        assertThat(tab.complaints()).as("complaints about " + name).isEmpty();
        assertThat(tab.evaluate("document.title")).contains(" of ");
        tab.screenshot(Path.of("target", "screenshots", "real-" + name + ".png"), 1200, false);
        return tab;
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.path(field).asText()));
        return texts;
    }

    private void check() throws Exception {
        JsonNode report = json(0, "check");
        try (Tab tab = open("check")) {
            assertThat(tab.column("finding-list", "found"))
                    .containsExactlyInAnyOrderElementsOf(texts(report.path("findings"), "message"));
            assertThat(tab.column("finding-list", "severity")).isSubsetOf("error", "warning", "ok");
            assertThat(tab.column("table-counts", "rows")).containsExactly("" + ROWS);
            assertThat(tab.column("table-counts", "devices")).containsExactly("7");
        }
    }

    private void backfill() throws Exception {
        JsonNode report = json(0, "backfill");
        try (Tab tab = open("backfill")) {
            JsonNode tables = report.path("tables");
            assertThat(tab.column("table-counts", "rows read"))
                    .containsExactlyElementsOf(texts(tables, "rows"));
            assertThat(tab.column("table-counts", "points written"))
                    .containsExactlyElementsOf(texts(tables, "points"));
            assertThat(tab.column("table-counts", "devices"))
                    .containsExactlyElementsOf(texts(tables, "devices"));
            assertThat(tab.evaluate("document.querySelectorAll('#rate-chart path').length"))
                    .as("the run of some seconds was measured")
                    .isEqualTo("2");
            assertThat(tab.column("work-times", "side"))
                    .containsExactly("reading MySQL", "writing IoTDB");
            assertThat(tab.column("work-times", "working, ms"))
                    .allSatisfy(time -> assertThat(Long.parseLong(time)).isPositive());
            assertThat(tab.column("work-times", "held by rate_limit, ms").get(0))
                    .satisfies(time -> assertThat(Long.parseLong(time)).isPositive());
        }
    }

    private void verify() throws Exception {
        JsonNode report = json(7, "verify");
        JsonNode table = report.path("tables").path(0);
        assertThat(report.path("differences").asLong()).isEqualTo(101 + 3);
        try (Tab tab = open("verify")) {
            for (String field : List.of("missing", "extra", "different")) {
                assertThat(tab.column("table-counts", field))
                        .containsExactly(table.path(field).asText());
            }
            assertThat(tab.column("checksums", "MySQL"))
                    .containsExactly(table.path("mysql_checksum").asText());
            assertThat(tab.column("device-counts", "device"))
                    .containsExactlyElementsOf(texts(table.path("devices"), "device"));
            assertThat(tab.column("device-counts", "rows"))
                    .containsExactlyElementsOf(texts(table.path("devices"), "differences"));
            assertThat(tab.column("first-differences", "time"))
                    .containsAll(texts(report.path("shown"), "time"));
            assertThat(tab.evaluate(SUM_OF_THE_MAP)).isEqualTo(report.path("differences").asText());
        }
    }

    /** What a person reads who points at each cell. */
    private static final String SUM_OF_THE_MAP =
            "[...document.querySelectorAll('#map-1 title')].map(t => t.textContent).map(t =>"
                    + " t.match(/: ([\\d,]+) missing, ([\\d,]+) different, ([\\d,]+) extra$/)).filter(m"
                    + " => m).flatMap(m => [m[1], m[2], m[3]]).reduce((sum, n) => sum +"
                    + " Number(n.replaceAll(',', '')), 0)";

    private void cutoverPlan() throws Exception {
        JsonNode plan = json(8, "cutover");
        try (Tab tab = open("cutover")) {
            assertThat(tab.column("planned-steps", "what it does"))
                    .containsExactlyElementsOf(texts(plan.path("steps"), "what"));
            assertThat(tab.column("finding-list", "remedy"))
                    .containsExactlyInAnyOrderElementsOf(texts(plan.path("findings"), "remedy"));
        }
    }

    /** What is missing comes back, so that a rehearsal finds both sides equal. */
    private void repair() throws Exception {
        run(0, "verify", "--repair", "--execute", "--yes");
    }

    /**
     * Rehearses the cutover beside the job, which notes its course with its first checkpoint. It
     * deletes a note that is too old then.
     */
    private void replicate() throws Exception {
        Instant old = Instant.now().minus(CdcCourse.KEPT).minusSeconds(60);
        try (Journal journal = Journal.of(migration.config())) {
            CdcCourse.add(
                    journal, new CdcCourse.Stretch(old, 1, 1, null, null, 0, false, List.of()));
        }
        Tool tool = new Tool(folder);
        Process cdc = tool.start("cdc", "--config", "it.yml", "--state-dir", STATE);
        try {
            Replication.awaitAppliedBy(migration, tool, cdc);
            await().atMost(Duration.ofSeconds(60)).until(() -> !notes().isEmpty() && !isNoted(old));
            rehearse();
            assertThat(tool.end(cdc).exitCode()).as("stopped by the rehearsal").isZero();
            run(0, "stop");
        } finally {
            cdc.destroyForcibly();
        }
        assertThat(notes().get(0).begun()).isTrue();
        assertThat(notes().get(0).lagEvents()).isBetween(0L, 3L);
    }

    private boolean isNoted(Instant at) throws Exception {
        try (Journal journal = Journal.of(migration.config())) {
            return journal.notes("cdc", Instant.EPOCH).stream()
                    .anyMatch(note -> Instant.parse(note.path("at").asText()).equals(at));
        }
    }

    private void rehearse() throws Exception {
        JsonNode report =
                new JsonMapper()
                        .readTree(
                                run(
                                                0,
                                                "cutover",
                                                "--rehearse",
                                                "--yes",
                                                "--output",
                                                "json",
                                                "--report",
                                                inFolder("rehearsal.html"))
                                        .out());
        try (Tab tab = open("rehearsal")) {
            assertThat(tab.column("steps", "state"))
                    .containsExactlyElementsOf(texts(report.path("steps"), "status"));
            assertThat(tab.column("steps", "what it found or did"))
                    .containsExactlyElementsOf(texts(report.path("steps"), "detail"));
            assertThat(tab.column("verified", "rows in MySQL")).containsExactly("" + ROWS);
            assertThat(tab.column("verified", "checksum"))
                    .containsExactly(report.at("/verified/tables/0/checksum").asText());
            assertThat(tab.evaluate(byId("facts") + ".textContent"))
                    .contains(
                            toMillis(report.path("started_at").asText()),
                            toMillis(report.path("ended_at").asText()),
                            report.at("/position/file").asText()
                                    + ":"
                                    + report.at("/position/offset").asText());
            assertThat(tab.evaluate("document.querySelectorAll('#pause .pause').length"))
                    .isNotEqualTo("0");
        }
    }

    /** As pages have times: JSON has them as they are. */
    private static String toMillis(String time) {
        return Instant.parse(time).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private List<CdcCourse.Stretch> notes() throws Exception {
        try (Journal journal = Journal.of(migration.config())) {
            return CdcCourse.read(journal, Instant.now());
        }
    }

    private void whole() throws Exception {
        String file = inFolder("migration.html");
        assertThat(run(0, "report", "--output", file).out()).contains("wrote " + file);
        try (Tab tab = open("migration")) {
            assertThat(tab.column("events", "entry"))
                    .containsSubsequence(
                            "backfill started",
                            "backfill finished",
                            "verified",
                            "verified",
                            "replication began");
            assertThat(tab.column("backfills", "rows read")).containsExactly("" + ROWS);
            assertThat(tab.column("verifications", "all values")).contains("yes");
            assertThat(tab.column("finding-list", "found")).isNotEmpty();
            assertThat(tab.column("table-counts", "devices")).containsExactly("7");
            assertThat(tab.column("cutover-1-steps", "step")).hasSize(8);
            assertThat(tab.column("turns", "what happened"))
                    .containsExactly("started by a command");
            assertThat(tab.column("course-days", "changed rows"))
                    .containsExactly(
                            "" + notes().stream().mapToLong(CdcCourse.Stretch::events).sum());
            for (String chart : List.of("lag-events", "lag-seconds", "events-rate")) {
                assertThat(
                                tab.evaluate(
                                        "document.querySelectorAll('#%s .area').length"
                                                .formatted(chart)))
                        .isEqualTo("1");
            }
            assertThat(tab.evaluate("document.getElementById('headline').textContent"))
                    .contains("not switched; ");
        }
    }

    private void live() throws Exception {
        JsonNode status = new JsonMapper().readTree(run(0, "status", "--output", "json").out());
        Tool tool = new Tool(folder);
        Process watch =
                tool.start(
                        "status",
                        "--watch",
                        "--web",
                        "127.0.0.1:0",
                        "--config",
                        "it.yml",
                        "--state-dir",
                        STATE);
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> tool.err().contains(OPEN));
            URI address =
                    URI.create(tool.err().split(OPEN, 2)[1].lines().findFirst().orElseThrow());
            assertThat(answer(address.resolve("/"), "GET")).isEqualTo(404);
            assertThat(answer(address.resolve("/" + "A".repeat(24) + "/"), "GET")).isEqualTo(404);
            assertThat(answer(address.resolve("x"), "GET")).isEqualTo(404);
            assertThat(answer(address, "POST")).isEqualTo(405);
            assertThat(answer(address, "GET")).isEqualTo(200);
            try (Tab tab = chromium.open(address)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> !tab.evaluate(byId("rate-chart")).equals("null"));
                assertThat(tab.evaluate(FOOT)).startsWith("Live.");
                assertThat(tab.evaluate(byId("status") + ".textContent"))
                        .contains(
                                "binlog ends at",
                                status.at("/head/file").asText()
                                        + ":"
                                        + status.at("/head/offset").asText());
                assertThat(tab.requests())
                        .allSatisfy(url -> assertThat(url).startsWith(address.toString()));
                tab.screenshot(Path.of("target", "screenshots", "real-live.png"), 1200, false);
                try (Tab still = chromium.open(URI.create("about:blank"))) {
                    still.loadWithoutScripts(address.toString());
                    assertThat(still.evaluate(FOOT))
                            .as("nothing renews it")
                            .startsWith("As it was when the page was loaded.");
                }
                Tool.signal(watch, "INT");
                assertThat(tool.end(watch).exitCode()).isZero();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> tab.evaluate(FOOT).startsWith("No longer live"));
            }
        } finally {
            watch.destroyForcibly();
        }
    }

    private static String byId(String id) {
        return "document.getElementById('" + id + "')";
    }

    private static int answer(URI address, String method) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
