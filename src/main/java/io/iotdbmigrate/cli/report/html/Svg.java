package io.iotdbmigrate.cli.report.html;

import j2html.TagCreator;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.Locale;

/** A drawing inside a page: its colours are the page's, and its text is text. */
final class Svg {
    private final ContainerTag<?> root;

    /**
     * @param label what it shows, for who cannot see it
     */
    Svg(String id, String label, int width, int height) {
        root =
                TagCreator.tag("svg")
                        .withId(id)
                        .attr("viewBox", "0 0 " + width + " " + height)
                        .attr("width", width)
                        .attr("height", height)
                        .attr("role", "img")
                        .attr("aria-label", label);
    }

    /** Returns a group; a browser shows what it is about when a person points at it. */
    static ContainerTag<?> group(String title) {
        return TagCreator.tag("g").with(TagCreator.tag("title").withText(title));
    }

    static ContainerTag<?> rect(String type, double x, double y, double width, double height) {
        return TagCreator.tag("rect")
                .withClass(type)
                .attr("x", number(x))
                .attr("y", number(y))
                .attr("width", number(width))
                .attr("height", number(height));
    }

    static ContainerTag<?> line(String type, double x1, double y1, double x2, double y2) {
        return TagCreator.tag("line")
                .withClass(type)
                .attr("x1", number(x1))
                .attr("y1", number(y1))
                .attr("x2", number(x2))
                .attr("y2", number(y2));
    }

    /**
     * @param anchor where {@code x} is in the text: start, middle or end
     */
    static ContainerTag<?> text(String anchor, double x, double y, String text) {
        return TagCreator.tag("text")
                .attr("text-anchor", anchor)
                .attr("x", number(x))
                .attr("y", number(y))
                .withText(text);
    }

    static ContainerTag<?> path(String type, String steps) {
        return TagCreator.tag("path").withClass(type).attr("d", steps);
    }

    Svg with(ContainerTag<?> part) {
        root.with(part);
        return this;
    }

    /** Returns it in a frame that scrolls where the page is narrower than the drawing. */
    DomContent content() {
        return TagCreator.div(root).withClass("wide chart");
    }

    static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
