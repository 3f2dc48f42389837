package io.iotdbmigrate.testkit.truth;

import java.math.BigDecimal;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one form in which JSON stands in IoTDB, made of MySQL's text. */
final class Json {
    private static final Pattern TOKEN =
            Pattern.compile("(?<text>\"(?:[^\"\\\\]|\\\\.)*+\")|(?<number>-?\\d[-+.\\deE]*)|\\s+");
    private static final BigDecimal POINTLESS = BigDecimal.valueOf(10_000_000);
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal GREATEST = new BigDecimal("18446744073709551615");

    private Json() {}

    /** Takes away blanks between the tokens, and writes doubles in the documented form. */
    static String canonical(String text) {
        return TOKEN.matcher(text).replaceAll(t -> Matcher.quoteReplacement(token(t)));
    }

    private static String token(MatchResult token) {
        if (token.group(1) != null) {
            return token.group(1);
        }
        String number = token.group(2);
        return number == null ? "" : number.matches("-?\\d+") ? number : fraction(number);
    }

    private static String fraction(String number) {
        BigDecimal value = new BigDecimal(number).stripTrailingZeros();
        boolean isWhole =
                value.scale() <= 0 && value.compareTo(LEAST) >= 0 && value.compareTo(GREATEST) <= 0;
        if (!isWhole) {
            return value.precision() > 17 ? value.toPlainString() : value.toString();
        }
        return value.toPlainString() + (value.abs().compareTo(POINTLESS) < 0 ? ".0" : "");
    }
}
