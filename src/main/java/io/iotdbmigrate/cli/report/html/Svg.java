package io.iotdbmigrate.cli.report.html;

import j2html.TagCreator;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.Locale;

/** A drawing inside a page: its colours are the page's, and its text is text. */
final class Svg {
    private final ContainerTag<?> root;

    private Svg(String id, String label, int height) {
        root =
                TagCreator.tag("svg")
                        .withId(id)
                        .attr("width", "100%")
                        .attr("height", height)
                        .attr("role", "img")
                        .attr("aria-label", label);
    }

    /**
     * Returns a drawing that is as wide as the page allows; see {@link #share}. Its labels stand in
     * the frame around it.
     *
     * @param label what it shows, for who cannot see it
     */
    static Svg fluid(String id, String label, int height) {
        return new Svg(id, label, height);
    }

    /** Returns a place in a fluid drawing, from 0, its left end, to 1. */
    static String share(double part) {
        return number(100 * part) + "%";
    }

    /** Returns a part of a fluid drawing that is stretched to its width. */
    static ContainerTag<?> plot(int y, int width, int height) {
        return TagCreator.tag("svg")
                .withClass("plot")
                .attr("y", y)
                .attr("width", "100%")
                .attr("height", height)
                .attr("viewBox", "0 0 " + width + " " + height)
                .attr("preserveAspectRatio", "none");
    }

    /**
     * Returns a drawing without a name, for a chart that has one.
     *
     * @param viewBox to which its parts are drawn
     */
    static ContainerTag<?> drawing(String viewBox, int width, int height) {
        return sized(width, height).attr("viewBox", viewBox);
    }

    /** Returns a drawing as wide as the page allows: {@link #share} places its parts. */
    static ContainerTag<?> lane(int height) {
        return sized("100%", height);
    }

    /** Returns a drawing that is stretched to the width that the page allows. */
    static ContainerTag<?> stretched(int width, int height) {
        return sized("100%", height)
                .attr("viewBox", "0 0 " + width + " " + height)
                .attr("preserveAspectRatio", "none");
    }

    private static ContainerTag<?> sized(Object width, int height) {
        return TagCreator.tag("svg").attr("width", width).attr("height", height);
    }

    /** Returns a group; a browser shows what it is about when a person points at it. */
    static ContainerTag<?> group(String title) {
        return TagCreator.tag("g").with(TagCreator.tag("title").withText(title));
    }

    static ContainerTag<?> rect(String type, double x, double y, double width, double height) {
        return rect(type, number(x), y, number(width), height);
    }

    static ContainerTag<?> rect(String type, String x, double y, String width, double height) {
        return TagCreator.tag("rect")
                .withClass(type)
                .attr("x", x)
                .attr("y", number(y))
                .attr("width", width)
                .attr("height", number(height));
    }

    static ContainerTag<?> line(String type, String x1, double y1, String x2, double y2) {
        return TagCreator.tag("line")
                .withClass(type)
                .attr("x1", x1)
                .attr("y1", number(y1))
                .attr("x2", x2)
                .attr("y2", number(y2));
    }

    /**
     * @param anchor where {@code x} is in the text: start, middle or end
     */
    static ContainerTag<?> text(String anchor, double x, double y, String text) {
        return text(anchor, number(x), y, text);
    }

    static ContainerTag<?> text(String anchor, String x, double y, String text) {
        return TagCreator.tag("text")
                .attr("text-anchor", anchor)
                .attr("x", x)
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

    /** Returns a fluid drawing in a frame that has room for its labels. */
    DomContent framed() {
        return TagCreator.div(root).withClass("fluid");
    }

    static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
