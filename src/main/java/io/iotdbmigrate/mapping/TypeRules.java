package io.iotdbmigrate.mapping;

import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The type table: which IoTDB type a MySQL type becomes by default, and which others hold it. */
public final class TypeRules {
    private static final int EXACT_DECIMAL_DIGITS_OF_DOUBLE = 15;
    private static final int DOUBLE_INTEGER_BITS = 54;
    private static final int FLOAT_INTEGER_BITS = 25;

    /** Each value is read as a number or truth value, or is invalid. */
    private static final Set<TargetType> NUMBERS_OF_TEXT =
            Set.of(
                    TargetType.BOOLEAN,
                    TargetType.INT32,
                    TargetType.INT64,
                    TargetType.FLOAT,
                    TargetType.DOUBLE);

    private TypeRules() {}

    /** Returns the type of the target; empty for a type that is not supported. */
    public static Optional<TargetType> defaultTarget(MySqlType type) {
        if (type.isBoolean()) {
            return Optional.of(TargetType.BOOLEAN);
        }
        return Optional.ofNullable(
                switch (type.kind()) {
                    case TINYINT, SMALLINT, MEDIUMINT, YEAR -> TargetType.INT32;
                    case INT -> type.unsigned() ? TargetType.INT64 : TargetType.INT32;
                    case BIGINT, BIT, TIME -> TargetType.INT64;
                    case FLOAT -> TargetType.FLOAT;
                    case DOUBLE -> TargetType.DOUBLE;
                    case DECIMAL ->
                            type.length() <= EXACT_DECIMAL_DIGITS_OF_DOUBLE
                                    ? TargetType.DOUBLE
                                    : TargetType.TEXT;
                    case CHAR, VARCHAR, TEXT, ENUM, SET, JSON, UUID, INET4, INET6 ->
                            TargetType.TEXT;
                    case BINARY, VARBINARY, BLOB -> TargetType.BLOB;
                    case DATE -> TargetType.DATE;
                    case DATETIME, TIMESTAMP -> TargetType.TIMESTAMP;
                    case UNSUPPORTED -> null;
                });
    }

    /**
     * Tells whether a conversion reads a text as a number or truth value: a text that is none is an
     * invalid value.
     */
    public static boolean readsText(MySqlType type, TargetType target) {
        return type.kind().isText() && NUMBERS_OF_TEXT.contains(target);
    }

    /**
     * Returns the targets whose conversion is exact or written out, or refuses what it cannot hold.
     */
    public static Set<TargetType> targets(MySqlType type) {
        Set<TargetType> targets = EnumSet.noneOf(TargetType.class);
        if (type.kind() == Kind.UNSUPPORTED) {
            return targets;
        }
        if (type.kind().isBinary()) {
            targets.add(TargetType.BLOB);
            return targets;
        }
        targets.add(TargetType.TEXT);
        targets.add(TargetType.STRING);
        switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, BIT, YEAR -> addNumeric(type, targets);
            case FLOAT -> {
                targets.add(TargetType.FLOAT);
                targets.add(TargetType.DOUBLE);
            }
            case DOUBLE -> targets.add(TargetType.DOUBLE);
            case DECIMAL -> addDecimal(type, targets);
            case CHAR, VARCHAR, TEXT, ENUM -> {
                targets.add(TargetType.BLOB);
                targets.addAll(NUMBERS_OF_TEXT);
            }
            case SET, JSON, UUID, INET4, INET6 -> targets.add(TargetType.BLOB);
            case DATE -> {
                targets.add(TargetType.DATE);
                targets.add(TargetType.TIMESTAMP);
            }
            case DATETIME, TIMESTAMP -> {
                targets.add(TargetType.TIMESTAMP);
                targets.add(TargetType.INT64);
            }
            case TIME -> targets.add(TargetType.INT64);
            default -> throw new IllegalStateException(type.declared());
        }
        return targets;
    }

    private static void addNumeric(MySqlType type, Set<TargetType> targets) {
        targets.add(TargetType.INT64);
        if (type.isBoolean()) {
            targets.add(TargetType.BOOLEAN);
        }
        if (type.signedBits() <= Integer.SIZE) {
            targets.add(TargetType.INT32);
        }
        if (type.signedBits() <= DOUBLE_INTEGER_BITS) {
            targets.add(TargetType.DOUBLE);
        }
        if (type.signedBits() <= FLOAT_INTEGER_BITS) {
            targets.add(TargetType.FLOAT);
        }
    }

    private static void addDecimal(MySqlType type, Set<TargetType> targets) {
        targets.add(TargetType.DOUBLE);
        if (type.scale() == 0 && type.length() <= 9) {
            targets.add(TargetType.INT32);
        }
        if (type.scale() == 0 && type.length() <= 18) {
            targets.add(TargetType.INT64);
        }
    }

    /** Returns what this conversion loses, in words; empty if nothing. */
    public static Optional<String> loss(
            MySqlType type, TargetType target, TimePrecision precision) {
        if (type.kind() == Kind.DECIMAL
                && target == TargetType.DOUBLE
                && type.length() > EXACT_DECIMAL_DIGITS_OF_DOUBLE) {
            return Optional.of("a DOUBLE keeps 15 of its " + type.length() + " digits");
        }
        boolean instant = type.kind() == Kind.DATETIME || type.kind() == Kind.TIMESTAMP;
        if (instant && !target.isBinary() && type.length() > precision.fractionDigits()) {
            return Optional.of(cutOff(precision));
        }
        return Optional.empty();
    }

    /** Says what becomes of fractions that the server's unit does not hold. */
    static String cutOff(TimePrecision precision) {
        return "the server's timestamps are in "
                + precision.name().toLowerCase(Locale.ROOT)
                + ", finer fractions are cut off";
    }
}
