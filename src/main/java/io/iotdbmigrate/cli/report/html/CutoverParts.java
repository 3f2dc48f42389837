package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;

import io.iotdbmigrate.cli.report.CutoverText;
import io.iotdbmigrate.cli.report.html.HtmlTable.Column;
import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.Facts;
import io.iotdbmigrate.cutover.StepState;
import io.iotdbmigrate.cutover.Verified;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a page that show one cutover or rehearsal. */
final class CutoverParts {
    private final CutoverState state;
    private final Instant end;
    private final String prefix;

    /**
     * @param end when it ended, or when it was last heard of
     * @param prefix of the ids of what is on the page
     */
    CutoverParts(CutoverState state, Instant end, String prefix) {
        this.state = state;
        this.end = end;
        this.prefix = prefix;
    }

    /** Returns who, where, when, and which positions. */
    DomContent facts(Map<String, String> more) {
        Facts facts = state.facts();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("id", state.id());
        all.put("begun", Figures.milli(state.startedAt()) + " by " + state.operator());
        all.putAll(more);
        if (facts.pausedAt() != null) {
            all.put("writes paused at", Figures.milli(facts.pausedAt()).toString());
            if (facts.resumedAt() != null || state.phase().ended()) {
                all.put(
                        "writes resumed at",
                        facts.resumedAt() == null
                                ? "not in MySQL"
                                : Figures.milli(facts.resumedAt()).toString());
                all.put("paused for", Figures.seconds(state.paused(end)));
            } else {
                all.put("writes resumed at", "not as far as is known; they may be paused still");
            }
        }
        if (facts.place() != null) {
            all.put(
                    "cdc ran",
                    facts.place().cluster() == null
                            ? "in a process of its own"
                            : "on the Flink cluster at " + facts.place().cluster());
        }
        if (facts.position() != null) {
            all.put("final position", facts.position().toString());
            all.put("executed GTIDs", facts.position().gtidSet());
        }
        if (facts.savepoint() != null) {
            all.put("savepoint", facts.savepoint());
        }
        List<DomContent> pairs = new ArrayList<>();
        all.forEach(
                (name, value) -> {
                    if (!value.isEmpty()) {
                        pairs.add(dt(name));
                        pairs.add(dd().with(Words.of(value)));
                    }
                });
        return dl().withId(prefix + "facts").with(pairs);
    }

    /** Returns the steps as bars and as a table; those of the write pause once more, larger. */
    DomContent[] steps() {
        List<DomContent> parts = new ArrayList<>();
        parts.add(new StepBars(state, state.startedAt(), end, end).content(prefix + "bars"));
        Instant paused = state.facts().pausedAt();
        if (paused != null) {
            Instant resumed = state.facts().resumedAt();
            Duration before = state.paused(end).dividedBy(20);
            parts.add(h3("The write pause"));
            parts.add(
                    new StepBars(
                                    state,
                                    paused.minus(before),
                                    (resumed == null ? end : resumed).plus(before),
                                    end)
                            .content(prefix + "pause"));
        }
        parts.add(table());
        return parts.toArray(DomContent[]::new);
    }

    private DomContent table() {
        HtmlTable table =
                new HtmlTable(
                        prefix + "steps",
                        Column.text("step"),
                        Column.text("state"),
                        Column.text("began"),
                        Column.number("milliseconds"),
                        Column.text("what it found or did"));
        for (StepState step : state.steps()) {
            table.row(
                    HtmlTable.text(step.name().label()),
                    HtmlTable.text(CutoverText.word(step)),
                    HtmlTable.time(began(step)),
                    HtmlTable.number(state.duration(step, end).toMillis()),
                    HtmlTable.sentence(step.detail()));
        }
        return table.content();
    }

    private static @Nullable Instant began(StepState step) {
        return step.startedAt() == null ? null : Figures.milli(step.startedAt());
    }

    /** Returns what the comparison of a cutover found. */
    DomContent[] verified(Verified verified) {
        HtmlTable table =
                new HtmlTable(
                        prefix + "verified",
                        Column.text("table"),
                        Column.number("rows in MySQL"),
                        Column.number("found in IoTDB"),
                        Column.text("checksum"),
                        Column.text("checksum of"));
        for (Verified.Table t : verified.tables()) {
            table.row(
                    HtmlTable.text(t.name()),
                    HtmlTable.number(t.rows()),
                    HtmlTable.number(t.found()),
                    HtmlTable.whole(t.checksum()),
                    HtmlTable.time(
                            Figures.milli(
                                    t.checksumAt() == null ? verified.at() : t.checksumAt())));
        }
        return new DomContent[] {
            p().with(
                            Words.of(
                                    verified.mode().name().toLowerCase(Locale.ROOT)
                                            + (verified.equal() ? ": equal" : ": different")
                                            + ", at "
                                            + Figures.milli(verified.at()))),
            p("Found is a row of MySQL that is in IoTDB, or that gave way to another row of the same"
                            + " device and time.")
                    .withClass("hint"),
            table.content()
        };
    }
}
