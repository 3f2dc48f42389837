package io.iotdbmigrate.config.yaml;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations such as {@code 10s} and data sizes such as {@code 64MiB}, read and written. */
public final class Units {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB)?", Pattern.CASE_INSENSITIVE);
    private static final long KIB = 1024;

    private Units() {}

    public static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                });
    }

    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }

    /** Reads a size in bytes; empty when the text is no size or does not fit into a long. */
    public static Optional<Long> bytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2) == null ? "b" : matcher.group(2).toLowerCase(Locale.ROOT);
        long factor =
                switch (unit) {
                    case "kib" -> KIB;
                    case "mib" -> KIB * KIB;
                    case "gib" -> KIB * KIB * KIB;
                    default -> 1;
                };
        BigInteger bytes = new BigInteger(matcher.group(1)).multiply(BigInteger.valueOf(factor));
        return bytes.bitLength() < Long.SIZE ? Optional.of(bytes.longValue()) : Optional.empty();
    }

    public static String sizeText(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB"};
        int unit = 0;
        long count = bytes;
        while (unit < units.length - 1 && count != 0 && count % KIB == 0) {
            count /= KIB;
            unit++;
        }
        return count + units[unit];
    }
}
