package io.iotdbmigrate.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of {@code scripts/bench all}.
 *
 * @param what is measured
 * @param before the same of the distribution that is measured against; null without one
 * @param must the goal that has to be reached
 * @param aim the goal that would be better still
 * @param moreIsBetter or else less
 */
record Figure(
        String what,
        @Nullable Double before,
        double now,
        double must,
        double aim,
        boolean moreIsBetter) {

    boolean isReached() {
        return moreIsBetter ? now >= must : now <= must;
    }

    /** As a line of a table in Markdown, which people can read as well. */
    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s |%n",
                what,
                before == null ? "" : number(before),
                number(now),
                number(must),
                number(aim),
                isReached() ? "yes" : "no");
    }

    static String head() {
        return String.format("| what | before | now | must | aim | reached |%n")
                + String.format("| --- | --- | --- | --- | --- | --- |%n");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
    }
}
