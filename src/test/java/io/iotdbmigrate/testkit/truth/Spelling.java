package io.iotdbmigrate.testkit.truth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/**
 * How MySQL spells a column, and what that means in IoTDB.
 *
 * @param sql gives the spelling as text, null for no point
 * @param fits SQL that is false of a value whose whole row IoTDB cannot hold
 * @param decode the spelling in the form of {@link io.iotdbmigrate.testkit.Contents}
 */
record Spelling(String sql, String fits, UnaryOperator<String> decode) {
    private static final String ALWAYS = "TRUE";

    /** Spells the time of a row in milliseconds since the epoch. */
    static Spelling time(SourceColumn column, String unit, ZoneId zone) {
        if (column.isCalendar()) {
            return new Spelling(clock(column), ALWAYS, text -> millis(text, column, zone));
        }
        String scale =
                switch (unit) {
                    case "s" -> " * 1000";
                    case "ms" -> " / 1";
                    case "us" -> " / 1000";
                    case "ns" -> " / 1000000";
                    default -> throw new IllegalStateException(unit);
                };
        String exact = "CAST(" + column.sql() + " AS DECIMAL(40, 6))";
        return new Spelling("FLOOR(" + exact + scale + ")", ALWAYS, UnaryOperator.identity());
    }

    /** Spells a part of a device's name. */
    static Spelling name(SourceColumn column) {
        return column.isBinary()
                ? new Spelling(hex(column), ALWAYS, UnaryOperator.identity())
                : text(column);
    }

    /** Spells a measurement's value, with the name of its IoTDB type before it. */
    static Spelling value(SourceColumn column, String target, ZoneId zone) {
        Spelling plain = plain(column, target, zone);
        return new Spelling(
                plain.sql(), plain.fits(), text -> target + " " + plain.decode().apply(text));
    }

    private static Spelling plain(SourceColumn column, String target, ZoneId zone) {
        String number = number(column);
        return switch (target) {
            case "BOOLEAN" ->
                    new Spelling(
                            number, number + " IN (0, 1)", n -> n.equals("1") ? "true" : "false");
            case "INT32" -> new Spelling(number, ALWAYS, UnaryOperator.identity());
            case "INT64" -> longs(column, zone);
            case "FLOAT" ->
                    new Spelling(
                            number,
                            ALWAYS,
                            n -> Integer.toHexString(Float.floatToRawIntBits(singleOf(n))));
            case "DOUBLE" ->
                    new Spelling(
                            number,
                            ALWAYS,
                            n ->
                                    Long.toHexString(
                                            Double.doubleToRawLongBits(Double.parseDouble(n))));
            case "TEXT", "STRING" -> text(column);
            case "BLOB" -> bytes(column);
            case "DATE" ->
                    new Spelling(
                            unlessZero(column, "DATE_FORMAT(" + column.sql() + ", '%Y%m%d')"),
                            unlessZero(column, "YEAR(" + column.sql() + ") >= 1000"),
                            UnaryOperator.identity());
            case "TIMESTAMP" -> time(column, "", zone);
            default -> throw new IllegalStateException(target);
        };
    }

    private static Spelling longs(SourceColumn column, ZoneId zone) {
        if (column.isInstant()) {
            return time(column, "", zone);
        }
        if (column.dataType().equals("time")) {
            String micros =
                    "TIME_TO_SEC(%1$s) * 1000000 + IF(%1$s < TIME'00:00:00', -1, 1) * MICROSECOND(%1$s)";
            return new Spelling(micros.formatted(column.sql()), ALWAYS, n -> n);
        }
        String number = number(column);
        return new Spelling(number, number + " <= 9223372036854775807", n -> n);
    }

    private static Spelling text(SourceColumn column) {
        String name = column.sql();
        return switch (column.dataType()) {
            case "json" -> new Spelling("CAST(" + name + " AS CHAR)", ALWAYS, Json::canonical);
            case "float" -> new Spelling(number(column), ALWAYS, n -> Float.toString(singleOf(n)));
            case "double" ->
                    new Spelling(
                            number(column), ALWAYS, n -> Double.toString(Double.parseDouble(n)));
            case "bit" -> new Spelling(number(column), ALWAYS, UnaryOperator.identity());
            case "date", "datetime" ->
                    new Spelling(
                            unlessZero(column, "CAST(" + name + " AS CHAR)"),
                            ALWAYS,
                            UnaryOperator.identity());
            case "timestamp" ->
                    new Spelling(
                            unlessZero(column, "CONCAT(" + name + ", 'Z')"),
                            ALWAYS,
                            UnaryOperator.identity());
            default ->
                    new Spelling(
                            "CONVERT(" + name + " USING utf8mb4)",
                            ALWAYS,
                            UnaryOperator.identity());
        };
    }

    private static Spelling bytes(SourceColumn column) {
        if (column.isBinary()) {
            return new Spelling(hex(column), ALWAYS, UnaryOperator.identity());
        }
        Spelling text = text(column);
        return new Spelling(
                text.sql(),
                ALWAYS,
                t -> HexFormat.of().formatHex(text.decode().apply(t).getBytes(UTF_8)));
    }

    /** Has MySQL write as many digits as the value needs; a FLOAT alone would get six. */
    private static String number(SourceColumn column) {
        return column.isFloating()
                ? "CAST(" + column.sql() + " AS DOUBLE)"
                : "(" + column.sql() + " + 0)";
    }

    /** Reads a number that a float holds exactly. */
    private static float singleOf(String number) {
        return (float) Double.parseDouble(number);
    }

    private static String hex(SourceColumn column) {
        return "LOWER(HEX(" + column.sql() + "))";
    }

    private static String clock(SourceColumn column) {
        return unlessZero(column, "DATE_FORMAT(" + column.sql() + ", '%Y-%m-%dT%H:%i:%s.%f')");
    }

    /** A date that no calendar has is null. */
    private static String unlessZero(SourceColumn column, String sql) {
        return "IF(MONTH(%1$s) = 0 OR DAYOFMONTH(%1$s) = 0, NULL, %2$s)"
                .formatted(column.sql(), sql);
    }

    /** The session's zone, in which MySQL spells a TIMESTAMP, is UTC. */
    private static String millis(String clock, SourceColumn column, ZoneId zone) {
        ZoneId of = column.dataType().equals("timestamp") ? ZoneOffset.UTC : zone;
        return Long.toString(LocalDateTime.parse(clock).atZone(of).toInstant().toEpochMilli());
    }

    /** Decodes one spelling; null stays null. */
    String decoded(String spelled) {
        return spelled == null ? null : decode.apply(spelled);
    }
}
