package io.iotdbmigrate.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * One form of JSON for both paths. They differ in blanks and in doubles: a SELECT answers {@code
 * {"a": 1.0, "b": 1e-5}}, the binlog reader writes a very small or large double as all its binary
 * digits, {@code {"a":1.0,"b":0.00001000000000000000081803...}}, and without a point if it is
 * whole. Canonical is: no blanks, keys in MySQL's own order, integers of 64 bits as they are, a
 * double in 15 to 17 digits, as few as give its bits back on every JVM, a DECIMAL of more digits
 * with all of them.
 */
final class CanonicalJson {
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger GREATEST =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final int FEWEST_DIGITS = 15;
    private static final int MOST_DIGITS = 17;

    /** From here on the binlog reader leaves out the point of a whole double. */
    private static final double FIRST_WITHOUT_POINT = 1e7;

    /** MySQL's own limits; all digits of the smallest double are about 1,100 characters. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNumberLength(2_000)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private CanonicalJson() {}

    static String of(String json) throws RejectedValueException {
        StringWriter out = new StringWriter(json.length());
        try (JsonParser parser = FACTORY.createParser(json);
                JsonGenerator generator = FACTORY.createGenerator(out)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    generator.writeNumber(number(token, parser.getText()));
                } else {
                    generator.copyCurrentEvent(parser);
                }
            }
        } catch (IOException e) {
            throw new RejectedValueException("is not JSON");
        }
        return out.toString();
    }

    private static String number(JsonToken token, String text) {
        if (token == JsonToken.VALUE_NUMBER_INT && isLong(new BigInteger(text))) {
            return text;
        }
        BigDecimal exact = new BigDecimal(text);
        double value = Double.parseDouble(text);
        boolean isDouble =
                exact.stripTrailingZeros().precision() <= MOST_DIGITS
                        || new BigDecimal(value).compareTo(exact) == 0;
        return isDouble ? shortest(value) : exact.stripTrailingZeros().toPlainString();
    }

    private static String shortest(double value) {
        if (value == 0) {
            return Double.toString(value);
        }
        BigDecimal exact = new BigDecimal(value);
        if (exact.stripTrailingZeros().scale() <= 0 && isLong(exact.toBigInteger())) {
            return exact.toPlainString() + (Math.abs(value) < FIRST_WITHOUT_POINT ? ".0" : "");
        }
        int digits = FEWEST_DIGITS;
        BigDecimal rounded = exact.round(new MathContext(digits));
        while (rounded.doubleValue() != value) {
            digits++;
            rounded = exact.round(new MathContext(digits));
        }
        return rounded.stripTrailingZeros().toString();
    }

    private static boolean isLong(BigInteger number) {
        return number.compareTo(LEAST) >= 0 && number.compareTo(GREATEST) <= 0;
    }
}
