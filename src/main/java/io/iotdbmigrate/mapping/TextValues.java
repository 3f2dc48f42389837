package io.iotdbmigrate.mapping;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The readers of numbers and truth values that are written as text. */
public final class TextValues {
    /**
     * A number in decimal, with spaces around it. MySQL understands it, too. NaN, infinity, hex and
     * separators of thousands are none.
     */
    public static final String NUMBER =
            "^ *[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)? *$";

    /** The words of a truth value, in lower case. */
    public static final Map<String, Boolean> BOOLEANS =
            Map.of("true", true, "on", true, "1", true, "false", false, "off", false, "0", false);

    /** Characters of the longest text that is read: exact DOUBLEs have fewer. */
    public static final int LONGEST = 1_100;

    private static final Pattern IS_NUMBER =
            Pattern.compile(NUMBER.substring(0, NUMBER.length() - 1));

    private TextValues() {}

    static boolean toBoolean(Object value) throws RejectedValueException {
        String text = (String) value;
        Boolean known =
                text.length() > LONGEST
                        ? null
                        : BOOLEANS.get(trimmed(text).toLowerCase(Locale.ROOT));
        if (known == null) {
            throw new RejectedValueException(
                    "is none of true, false, on, off, 1 and 0" + orElse("TEXT"));
        }
        return known;
    }

    static int toInt(Object value) throws RejectedValueException {
        long number = toLong(value);
        if (number != (int) number) {
            throw new RejectedValueException("is beyond the range of INT32; set type: INT64");
        }
        return (int) number;
    }

    static long toLong(Object value) throws RejectedValueException {
        String text = number(value);
        try {
            return new BigDecimal(text).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new RejectedValueException(
                    "is no whole number that INT64 holds" + orElse("DOUBLE"));
        }
    }

    static float toFloat(Object value) throws RejectedValueException {
        float number = Float.parseFloat(number(value));
        if (Float.isInfinite(number)) {
            throw new RejectedValueException("is beyond the range of FLOAT; set type: DOUBLE");
        }
        return number;
    }

    static double toDouble(Object value) throws RejectedValueException {
        double number = Double.parseDouble(number(value));
        if (Double.isInfinite(number)) {
            throw new RejectedValueException("is beyond the range of DOUBLE" + orElse("TEXT"));
        }
        return number;
    }

    private static String number(Object value) throws RejectedValueException {
        String text = (String) value;
        if (text.length() > LONGEST || !IS_NUMBER.matcher(text).matches()) {
            throw new RejectedValueException("is no number in decimal" + orElse("TEXT"));
        }
        return trimmed(text);
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    private static String orElse(String type) {
        return "; set type: " + type + ", or on_invalid: skip to keep the row without it";
    }
}
