package io.iotdbmigrate.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.verify.Difference.Value;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as text: two values of one type have the same text only if they have the same bits. */
public final class ValueText {
    private ValueText() {}

    public static String of(@Nullable Value value) {
        if (value == null) {
            return "null";
        }
        return switch (value.type()) {
            case TEXT, STRING -> new String((byte[]) value.value(), UTF_8);
            case BLOB -> "x'" + HexFormat.of().formatHex((byte[]) value.value()) + "'";
            case FLOAT -> text((Float) value.value());
            case DOUBLE -> text((Double) value.value());
            case BOOLEAN, INT32, INT64, DATE, TIMESTAMP -> value.value().toString();
        };
    }

    private static String text(float value) {
        return Float.isNaN(value)
                ? String.format(Locale.ROOT, "NaN(%08x)", Float.floatToRawIntBits(value))
                : Float.toString(value);
    }

    private static String text(double value) {
        return Double.isNaN(value)
                ? String.format(Locale.ROOT, "NaN(%016x)", Double.doubleToRawLongBits(value))
                : Double.toString(value);
    }
}
