package io.iotdbmigrate.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;

/**
 * One form of JSON for both paths: a SELECT answers {@code {"a": 1.0, "b": [1, 2]}}, the binlog
 * brings {@code {"a":1.0,"b":[1,2]}}. Canonical is: no blanks, keys in MySQL's own order, numbers
 * that are no integers as {@link Double#toString(double)} (where 17 digits hold them).
 */
final class CanonicalJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private CanonicalJson() {}

    static String of(String json) throws RejectedValueException {
        StringWriter out = new StringWriter(json.length());
        try (JsonParser parser = FACTORY.createParser(json);
                JsonGenerator generator = FACTORY.createGenerator(out)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                    generator.writeNumber(number(parser.getText()));
                } else {
                    generator.copyCurrentEvent(parser);
                }
            }
        } catch (IOException e) {
            throw new RejectedValueException("is not JSON");
        }
        return out.toString();
    }

    private static String number(String text) {
        BigDecimal exact = new BigDecimal(text);
        if (exact.stripTrailingZeros().precision() <= 17) {
            return Double.toString(exact.doubleValue());
        }
        return exact.stripTrailingZeros().toString();
    }
}
