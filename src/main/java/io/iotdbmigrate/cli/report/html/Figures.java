package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.i;
import static j2html.TagCreator.span;

import j2html.tags.specialized.SpanTag;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The numbers of a page. */
final class Figures {
    private static final int GROUP = 3;
    private static final double MILLIS_PER_SECOND = 1000.0;

    private Figures() {}

    /** Returns a number whose thousands stand apart on the page only: what is copied is digits. */
    static SpanTag number(long value) {
        String digits = Long.toString(value);
        int sign = value < 0 ? 1 : 0;
        int head = sign + (digits.length() - sign) % GROUP;
        SpanTag number = span().withClass("n");
        if (head > 0) {
            number.withText(digits.substring(0, head));
        }
        for (int at = head; at < digits.length(); at += GROUP) {
            String group = digits.substring(at, at + GROUP);
            number.with(at == 0 ? span(group) : i(group));
        }
        return number;
    }

    /** Returns a number as text of a chart or a sentence. */
    static String text(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Returns a time without what is less than a second. */
    static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns a time of a step: what is less than a millisecond tells nobody anything. */
    static Instant milli(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns a number of things, of which there may be one. */
    static String count(long number, String one, String many) {
        return text(number) + " " + (number == 1 ? one : many);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS_PER_SECOND);
    }
}
