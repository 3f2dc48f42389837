package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.cutover.CdcJob.Place;
import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.cutover.Facts;
import io.iotdbmigrate.cutover.Operator;
import io.iotdbmigrate.cutover.StepName;
import io.iotdbmigrate.cutover.StepState;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.model.BinlogPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cutover as JSON, there and back. */
final class CutoverCodec {
    private CutoverCodec() {}

    static void write(CutoverState state, ObjectNode to) {
        to.put("id", state.id())
                .put("rehearsal", state.rehearsal())
                .put("started_at", state.startedAt().toString())
                .put("phase", state.phase().name());
        to.putObject("operator")
                .put("user", state.operator().user())
                .put("host", state.operator().host())
                .put("pid", state.operator().pid());
        ArrayNode steps = to.putArray("steps");
        for (StepState step : state.steps()) {
            steps.addObject()
                    .put("name", step.name().name())
                    .put("status", step.status().name())
                    .put("started_at", text(step.startedAt()))
                    .put("ended_at", text(step.endedAt()))
                    .put("detail", step.detail());
        }
        facts(state.facts(), to.putObject("facts"));
    }

    private static void facts(Facts facts, ObjectNode to) {
        ObjectNode former = to.putObject("former");
        facts.former().forEach(former::put);
        to.put("paused_at", text(facts.pausedAt()))
                .put("resumed_at", text(facts.resumedAt()))
                .put("savepoint", facts.savepoint());
        Place place = facts.place();
        if (place != null) {
            to.putObject("place")
                    .put("cluster", place.cluster())
                    .put("savepoints", place.savepoints());
        }
        BinlogPosition position = facts.position();
        if (position != null) {
            PositionJson.put(to.putObject("position"), position);
        }
        Verified verified = facts.verified();
        if (verified != null) {
            verified(verified, to.putObject("verified"));
        }
        ArrayNode remarks = to.putArray("remarks");
        facts.remarks().forEach(remarks::add);
    }

    private static void verified(Verified verified, ObjectNode to) {
        to.put("mode", verified.mode().name())
                .put("equal", verified.equal())
                .put("at", verified.at().toString());
        ArrayNode tables = to.putArray("tables");
        for (Verified.Table table : verified.tables()) {
            tables.addObject()
                    .put("name", table.name())
                    .put("rows", table.rows())
                    .put("found", table.found())
                    .put("checksum", table.checksum())
                    .put("checksum_at", text(table.checksumAt()));
        }
        ArrayNode differences = to.putArray("differences");
        verified.differences().forEach(differences::add);
    }

    static CutoverState read(JsonNode from) {
        JsonNode operator = from.path("operator");
        List<StepState> steps = new ArrayList<>();
        for (JsonNode step : from.path("steps")) {
            steps.add(
                    new StepState(
                            StepName.valueOf(step.path("name").asText()),
                            StepState.Status.valueOf(step.path("status").asText()),
                            instant(step.path("started_at")),
                            instant(step.path("ended_at")),
                            step.path("detail").asText()));
        }
        return new CutoverState(
                from.path("id").asText(),
                from.path("rehearsal").asBoolean(),
                Instant.parse(from.path("started_at").asText()),
                new Operator(
                        operator.path("user").asText(),
                        operator.path("host").asText(),
                        operator.path("pid").asLong()),
                Phase.valueOf(from.path("phase").asText()),
                steps,
                facts(from.path("facts")));
    }

    private static Facts facts(JsonNode from) {
        Map<String, String> former = new LinkedHashMap<>();
        from.path("former")
                .fields()
                .forEachRemaining(f -> former.put(f.getKey(), f.getValue().asText()));
        JsonNode place = from.path("place");
        JsonNode position = from.path("position");
        JsonNode verified = from.path("verified");
        return new Facts(
                former,
                instant(from.path("paused_at")),
                instant(from.path("resumed_at")),
                place.isObject()
                        ? new Place(text(place.path("cluster")), place.path("savepoints").asText())
                        : null,
                position.isObject() ? PositionJson.read(position) : null,
                text(from.path("savepoint")),
                verified.isObject() ? verified(verified) : null,
                texts(from.path("remarks")));
    }

    private static Verified verified(JsonNode from) {
        List<Verified.Table> tables = new ArrayList<>();
        for (JsonNode table : from.path("tables")) {
            tables.add(
                    new Verified.Table(
                            table.path("name").asText(),
                            table.path("rows").asLong(),
                            table.path("found").asLong(),
                            table.path("checksum").asText(),
                            instant(table.path("checksum_at"))));
        }
        return new Verified(
                Verify.valueOf(from.path("mode").asText()),
                from.path("equal").asBoolean(),
                Instant.parse(from.path("at").asText()),
                tables,
                texts(from.path("differences")));
    }

    private static List<String> texts(JsonNode from) {
        List<String> texts = new ArrayList<>();
        from.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static @Nullable String text(JsonNode from) {
        return from.isTextual() ? from.asText() : null;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable Instant instant(JsonNode from) {
        return from.isTextual() ? Instant.parse(from.asText()) : null;
    }
}
