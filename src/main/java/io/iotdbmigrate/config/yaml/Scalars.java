package io.iotdbmigrate.config.yaml;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The readers of single values as numbers, durations, sizes and words; null after a problem. */
public final class Scalars {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d[\\d_]{0,40}");

    private Scalars() {}

    public static @Nullable Long number(YamlValue value, long min, long max) {
        String expected = "a whole number " + range(min, max);
        String text = value.text(expected);
        if (text == null) {
            return null;
        }
        Optional<BigInteger> number = wholeNumber(text);
        if (number.isEmpty()) {
            return value.refuse("is not a whole number; write " + expected);
        }
        if (number.get().compareTo(BigInteger.valueOf(min)) < 0
                || number.get().compareTo(BigInteger.valueOf(max)) > 0) {
            return value.refuse("is out of range; write " + expected);
        }
        return number.get().longValueExact();
    }

    public static @Nullable BigInteger bigNumber(YamlValue value) {
        String text = value.text("a whole number");
        if (text == null) {
            return null;
        }
        Optional<BigInteger> number = wholeNumber(text);
        return number.isPresent() ? number.get() : value.refuse("is not a whole number; write one");
    }

    public static @Nullable Boolean bool(YamlValue value) {
        String text = value.text("true or false");
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> value.refuse("is neither true nor false; write one of the two");
        };
    }

    public static @Nullable Duration duration(YamlValue value, Duration min) {
        String text = value.text("a duration such as 500ms, 10s, 2m or 1h");
        if (text == null) {
            return null;
        }
        Optional<Duration> duration = Units.duration(text);
        if (duration.isEmpty()) {
            return value.refuse("is not a duration; write a number and ms, s, m or h, such as 10s");
        }
        return duration.get().compareTo(min) >= 0
                ? duration.get()
                : value.refuse("is too short; write " + Units.text(min) + " or more");
    }

    public static @Nullable Long bytes(YamlValue value, long min) {
        String text = value.text("a size such as 512KiB, 64MiB or 1GiB");
        if (text == null) {
            return null;
        }
        Optional<Long> bytes = Units.bytes(text);
        if (bytes.isEmpty()) {
            return value.refuse("is not a size; write a number and KiB, MiB or GiB, such as 64MiB");
        }
        return bytes.get() >= min
                ? bytes.get()
                : value.refuse("is too small; write " + Units.sizeText(min) + " or more");
    }

    /** Reads one of the names of an enum in lower case; the case of the input does not matter. */
    public static <E extends Enum<E>> @Nullable E choice(YamlValue value, Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Scalars::lowerCase).toList();
        String text = word(value, names);
        return text == null
                ? null
                : type.getEnumConstants()[names.indexOf(text.toLowerCase(Locale.ROOT))];
    }

    /** Reads one of the words, as the file writes it; the case does not matter. */
    public static @Nullable String word(YamlValue value, List<String> words) {
        String expected = "one of " + String.join(", ", words);
        String text = value.text(expected);
        if (text == null || words.stream().anyMatch(text::equalsIgnoreCase)) {
            return text;
        }
        return value.refuse("is not known here; write " + expected);
    }

    private static Optional<BigInteger> wholeNumber(String text) {
        return WHOLE_NUMBER.matcher(text).matches()
                ? Optional.of(new BigInteger(text.replace("_", "").replace("+", "")))
                : Optional.empty();
    }

    private static String range(long min, long max) {
        return max == Long.MAX_VALUE || max == Integer.MAX_VALUE
                ? "of " + min + " or more"
                : "from " + min + " to " + max;
    }

    public static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
