package io.iotdbmigrate.mysql.dialect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A comparer of the numbers at the begin of version strings. */
final class Versions {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?.*");

    private Versions() {}

    /** Compares a version with one of three numbers; missing ones are 0. */
    static int compare(String version, int... wanted) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.matches()) {
            return -1;
        }
        for (int i = 0; i < wanted.length; i++) {
            String number = numbers.group(i + 1);
            int order = Integer.compare(number == null ? 0 : Integer.parseInt(number), wanted[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
