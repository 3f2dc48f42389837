package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.div;
import static j2html.TagCreator.span;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;

/**
 * A chart of lanes as wide as the page allows. Each has a name, which stands beside it at a desk
 * and above it on a phone.
 */
final class Lanes {
    private static final int SWATCH = 16;

    /** So many lanes take a third of a sheet of paper. */
    private static final int TOGETHER = 20;

    private final DivTag lanes;
    private final DivTag legend = div().withClass("legend");

    /**
     * @param label what it shows, for who cannot see it
     */
    Lanes(String id, String label) {
        lanes = div().withId(id).withClass("lanes").attr("role", "group").attr("aria-label", label);
    }

    /** Says what a colour, or a place in a lane, means. */
    Lanes meaning(String words, ContainerTag<?>... parts) {
        legend.with(
                span(Svg.drawing("0 0 " + SWATCH + " " + SWATCH, SWATCH, SWATCH).with(parts))
                        .withText(words));
        return this;
    }

    /**
     * Adds a lane.
     *
     * @param name empty for none
     * @param whole what a person reads who points at the name
     */
    Lanes lane(String name, String whole, ContainerTag<?> drawing) {
        lanes.with(span(name).withClass("lane").withTitle(whole), drawing);
        return this;
    }

    DomContent content() {
        // On paper so many may be parted; fewer stay together.
        lanes.withCondClass(lanes.getNumChildren() > 2 * TOGETHER, "lanes long");
        return legend.getNumChildren() == 0 ? lanes : div(legend, lanes);
    }
}
