package io.iotdbmigrate.flink.cdc.binlog;

import com.fasterxml.jackson.core.JsonGenerator;
import com.github.shyiko.mysql.binlog.event.deserialization.ColumnType;
import com.github.shyiko.mysql.binlog.event.deserialization.json.JsonFormatter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A writer of the values that the binlog client finds in a document. Commas come from the
 * generator. One instance serves one document.
 */
final class JsonWriter implements JsonFormatter {
    /** MySQL breaks the lines of Base64 text so, in a JSON string, too. */
    private static final Base64.Encoder BASE64 =
            Base64.getMimeEncoder(76, "\n".getBytes(StandardCharsets.US_ASCII));

    private final JsonGenerator generator;

    JsonWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    /** A call of the generator. */
    @FunctionalInterface
    private interface Call {
        void run() throws IOException;
    }

    private static void write(Call call) {
        try {
            call.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beginObject(int numElements) {
        write(generator::writeStartObject);
    }

    @Override
    public void beginArray(int numElements) {
        write(generator::writeStartArray);
    }

    @Override
    public void endObject() {
        write(generator::writeEndObject);
    }

    @Override
    public void endArray() {
        write(generator::writeEndArray);
    }

    @Override
    public void name(String name) {
        write(() -> generator.writeFieldName(name));
    }

    @Override
    public void value(String value) {
        write(() -> generator.writeString(value));
    }

    @Override
    public void value(int value) {
        write(() -> generator.writeNumber(value));
    }

    @Override
    public void value(long value) {
        write(() -> generator.writeNumber(value));
    }

    @Override
    public void value(double value) {
        write(() -> generator.writeNumber(value));
    }

    @Override
    public void value(BigInteger value) {
        write(() -> generator.writeNumber(value));
    }

    @Override
    public void value(BigDecimal value) {
        write(() -> generator.writeNumber(value.toPlainString()));
    }

    @Override
    public void value(boolean value) {
        write(() -> generator.writeBoolean(value));
    }

    @Override
    public void valueNull() {
        write(generator::writeNull);
    }

    @Override
    public void valueYear(int year) {
        value(year);
    }

    /** Refuses. Never called: {@link JsonDocument} reads dates and times itself. */
    @Override
    public void valueDate(int year, int month, int day) {
        throw new IllegalStateException("a date that was not read here");
    }

    @Override
    public void valueDatetime(
            int year, int month, int day, int hour, int min, int sec, int microSeconds) {
        throw new IllegalStateException("a time that was not read here");
    }

    @Override
    public void valueTime(int hour, int min, int sec, int microSeconds) {
        throw new IllegalStateException("a time that was not read here");
    }

    @Override
    public void valueTimestamp(long secondsPastEpoch, int microSeconds) {
        throw new IllegalStateException("a time that was not read here");
    }

    @Override
    public void valueOpaque(ColumnType type, byte[] value) {
        value("base64:type" + type.getCode() + ":" + BASE64.encodeToString(value));
    }

    @Override
    public void nextEntry() {
        // The generator writes commas.
    }
}
