package io.iotdbmigrate.config;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The beginnings that a text must have to be a given time, so that an index finds it. */
public final class TimePrefix {
    private static final String ISO_DATE = "yyyy-MM-dd";

    /** Fields whose text has one form only, each with its width. */
    private static final List<String> FIXED = List.of("yyyy", "uuuu", "MM", "dd", "HH", "mm", "ss");

    /** Letters of a zone or an offset: the clock of the text may be any. */
    private static final String ZONES = "XxzZOVv";

    private static final int LARGEST_OFFSET_HOURS = 18;

    private TimePrefix() {}

    /**
     * Returns all beginnings of texts that can be a time, for LIKE with the escape |.
     *
     * @param zone of texts that name none
     * @return empty if nothing is known
     */
    public static List<String> of(String format, Instant time, ZoneId zone) {
        boolean iso = format.equalsIgnoreCase(TimePattern.ISO);
        boolean anyZone = iso || format.chars().anyMatch(c -> ZONES.indexOf(c) >= 0);
        String prefix = iso ? ISO_DATE : fixedPart(format);
        if (anyZone && prefix.length() > ISO_DATE.length()) {
            prefix = prefix.startsWith(ISO_DATE) ? ISO_DATE : "";
        }
        if (prefix.isEmpty() || (anyZone && !prefix.contains("d"))) {
            return List.of();
        }
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(prefix, Locale.ENGLISH);
        TreeSet<String> prefixes = new TreeSet<>();
        for (LocalDateTime local : locals(time, zone, anyZone)) {
            if (local.getYear() < 0 || local.getYear() > 9999) {
                return List.of();
            }
            prefixes.add(escaped(formatter.format(local)));
        }
        return new ArrayList<>(prefixes);
    }

    /** Returns wall clocks that may show the time; where clocks change, also an hour away. */
    private static List<LocalDateTime> locals(Instant time, ZoneId zone, boolean anyZone) {
        if (anyZone) {
            LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
            return List.of(
                    utc.minusHours(LARGEST_OFFSET_HOURS), utc, utc.plusHours(LARGEST_OFFSET_HOURS));
        }
        LocalDateTime local = LocalDateTime.ofInstant(time, zone);
        return zone.getRules().isFixedOffset()
                ? List.of(local)
                : List.of(local.minusHours(1), local, local.plusHours(1));
    }

    private static String fixedPart(String format) {
        int at = 0;
        while (at < format.length()) {
            int from = at;
            char c = format.charAt(at);
            if (Character.isLetter(c)) {
                int end = at;
                while (end < format.length() && format.charAt(end) == c) {
                    end++;
                }
                if (!FIXED.contains(format.substring(from, end))) {
                    return format.substring(0, from);
                }
                at = end;
            } else if ("[]{}#'".indexOf(c) >= 0) {
                return format.substring(0, from);
            } else {
                at++;
            }
        }
        return format;
    }

    private static String escaped(String text) {
        return text.replace("|", "||").replace("%", "|%").replace("_", "|_");
    }
}
