package io.iotdbmigrate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.verify.Repaired;
import org.junit.jupiter.api.Test;

/** Comparisons as scripts read them. */
class VerifyJsonTest {

    private static JsonNode parse(String json) throws JsonProcessingException {
        return new JsonMapper().readTree(json);
    }

    @Test
    void equal() throws JsonProcessingException {
        JsonNode node = parse(VerifyJson.render(VerifyReports.equal(), ExitCode.DONE));

        assertThat(node.path("status").asText()).isEqualTo("equal");
        assertThat(node.path("exit_code").asInt(-1)).isZero();
        assertThat(node.path("mode").asText()).isEqualTo("checksums");
        assertThat(node.path("differences").asInt(-1)).isZero();
        assertThat(node.path("differences_file").isNull()).isTrue();
        assertThat(node.path("repair").isNull()).isTrue();
        assertThat(node.path("shown")).isEmpty();
        assertThat(node.path("not_compared").isArray()).isTrue();
        assertThat(node.path("position_before").path("offset").asInt()).isEqualTo(157);
        assertThat(node.path("equal_at").path("gtid_set").asText()).isEqualTo("u:1-9");
        assertThat(node.path("started_at").asText()).isEqualTo("2026-01-02T00:02:56Z");
        assertThat(node.path("finished_at").asText()).isEqualTo("2026-01-02T00:03:00Z");
        assertThat(node.path("tables").path(0).path("mysql_checksum").asText()).isEqualTo("aa");
    }

    @Test
    void differencesCarryTypesAndWholeValues() throws JsonProcessingException {
        JsonNode node =
                parse(
                        VerifyJson.render(
                                VerifyReports.different(
                                        VerifyReports.written(
                                                Repaired.Execution.DONE,
                                                2,
                                                new Repaired.After(1, 2, 1))),
                                ExitCode.DIFFERENT));

        assertThat(node.path("status").asText()).isEqualTo("different");
        assertThat(node.path("differences").asInt()).isEqualTo(4);
        assertThat(node.path("shown").path(0))
                .isEqualTo(
                        parse(
                                """
                                {"kind": "different", "table": "ambience", "device": "root.p.d1",
                                 "time": 1000, "columns": [
                                  {"column": "t", "mysql": {"type": "FLOAT", "value": "1.5"},
                                   "iotdb": null},
                                  {"column": "n", "mysql": {"type": "INT32", "value": "7"},
                                   "iotdb": {"type": "INT64", "value": "7"}}]}"""));
        assertThat(node.at("/shown/1/columns/0/mysql/value").asText())
                .isEqualTo("line\n" + "x".repeat(50));
        assertThat(node.at("/shown/2/kind").asText()).isEqualTo("extra");
        assertThat(node.at("/tables/0/devices/0"))
                .isEqualTo(
                        parse(
                                """
                                {"device": "root.p.d1", "differences": 2,
                                 "from": "2026-01-02T00:03:00Z", "to": "2026-01-02T00:04:00Z"}"""));
        assertThat(node.path("repair"))
                .isEqualTo(
                        parse(
                                """
                                {"executed": true, "execution": "done",
                                 "rows_to_write": 3, "values_to_write": 4,
                                 "rows_to_delete": 1, "points_to_delete": 2,
                                 "unknown_devices": 1, "left": 2,
                                 "unknown_device_examples": ["root.p.d3"],
                                 "still_different": 1, "devices_counted": 2,
                                 "devices_differing": 1, "not_repairable": []}"""));
        assertThat(node.at("/not_compared/0").asText()).startsWith("rows before");
        assertThat(node.at("/notes/0").asText()).isEqualTo("something to know");
        assertThat(node.path("differences_file").asText()).endsWith("differences.jsonl");
    }

    @Test
    void countsSayThatTheyAreOnlyThat() throws JsonProcessingException {
        JsonNode node = parse(CountJson.render(VerifyReports.counts(false), ExitCode.DIFFERENT));

        assertThat(node.path("status").asText()).isEqualTo("different");
        assertThat(node.path("exit_code").asInt()).isEqualTo(7);
        assertThat(node.path("mode").asText()).isEqualTo("counts");
        assertThat(node.path("values_compared").asBoolean(true)).isFalse();
        assertThat(node.path("differing_devices").asInt()).isEqualTo(2);
        assertThat(node.at("/tables/0"))
                .isEqualTo(
                        parse(
                                """
                                {"name": "ambience", "mapping": "ambience",
                                 "devices": 1040, "differing_devices": 2,
                                 "mysql_rows": 200000, "mysql_points": 198991,
                                 "iotdb_rows": 198990, "empty": 1004, "rejected": 3,
                                 "collapsed": 2, "kept": 5}"""));
        assertThat(node.path("shown"))
                .isEqualTo(
                        parse(
                                """
                                [{"table": "ambience", "device": "root.p.d1",
                                  "mysql_points": 5000, "iotdb_rows": 4999}]"""));
        assertThat(node.path("equal_at").isNull()).isTrue();
        assertThat(
                        parse(CountJson.render(VerifyReports.counts(true), ExitCode.DONE))
                                .path("status"))
                .hasToString("\"equal\"");
    }
}
