package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sentence of a page, in which no line ends within a time. */
final class Words {
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?Z?)?");

    private Words() {}

    /** Returns the text, its times in elements of their own. */
    static DomContent[] of(String sentence) {
        List<DomContent> parts = new ArrayList<>();
        Matcher time = TIME.matcher(sentence);
        int done = 0;
        while (time.find()) {
            if (time.start() > done) {
                parts.add(text(sentence.substring(done, time.start())));
            }
            parts.add(span(time.group()).withClass("time"));
            done = time.end();
        }
        if (done < sentence.length()) {
            parts.add(text(sentence.substring(done)));
        }
        return parts.toArray(DomContent[]::new);
    }
}
