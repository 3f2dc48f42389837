package io.iotdbmigrate.flink.source.binlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.github.shyiko.mysql.binlog.event.deserialization.json.JsonBinary;
import com.github.shyiko.mysql.binlog.event.deserialization.json.JsonFormatter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;

/**
 * A JSON document in MySQL's binary form. The binlog client reads its structure; dates and times
 * are read here, for the client reads negative times and the last second of year 9999 wrongly.
 */
final class JsonDocument extends JsonBinary {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Microseconds take the lowest 24 bits. */
    private static final int FRACTION_BITS = 24;

    private static final int TEN_BITS = 0x3ff;
    private static final int SIX_BITS = 0x3f;
    private static final int FIVE_BITS = 0x1f;
    private static final int TIME_OF_DAY_BITS = 17;
    private static final int MONTHS = 13;

    private JsonDocument(byte[] document) {
        super(document);
    }

    /**
     * Spells a document as a SELECT does, but for blanks and the digits of doubles.
     *
     * @throws IOException if it is none
     */
    static String text(byte[] document) throws IOException {
        StringWriter text = new StringWriter(2 * document.length);
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            new JsonDocument(document).parse(new JsonWriter(generator));
        }
        return text.toString();
    }

    @Override
    protected void parseDate(JsonFormatter formatter) throws IOException {
        formatter.value(date(dateTime(magnitude(readInt64()))));
    }

    @Override
    protected void parseDatetime(JsonFormatter formatter) throws IOException {
        long packed = magnitude(readInt64());
        long dateTime = dateTime(packed);
        int hour = (int) (dateTime >> 12) & FIVE_BITS;
        formatter.value(date(dateTime) + " " + time("", hour, packed));
    }

    /**
     * Spells the time that the document holds. MySQL 8.0.33 stores other hours from 32 on: 75 for
     * 99.
     */
    @Override
    protected void parseTime(JsonFormatter formatter) throws IOException {
        long signed = readInt64();
        long packed = magnitude(signed);
        int hour = (int) (dateTime(packed) >> 12) & TEN_BITS;
        formatter.value(time(signed < 0 ? "-" : "", hour, packed));
    }

    private static long magnitude(long packed) {
        return Math.abs(packed);
    }

    private static long dateTime(long packed) {
        return packed >> FRACTION_BITS;
    }

    private static String date(long dateTime) {
        long days = dateTime >> TIME_OF_DAY_BITS;
        long months = days >> 5;
        return "%04d-%02d-%02d".formatted(months / MONTHS, months % MONTHS, days & FIVE_BITS);
    }

    private static String time(String sign, int hour, long packed) {
        long dateTime = dateTime(packed);
        return String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d.%06d",
                sign,
                hour,
                (dateTime >> 6) & SIX_BITS,
                dateTime & SIX_BITS,
                packed & 0xffffff);
    }
}
