package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.where.Condition.Operator;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How texts of a column may be compared without its collation giving another answer. */
final class FilterTexts {
    private static final Set<String> UNICODE =
            Set.of("utf8", "utf8mb3", "utf8mb4", "utf16", "utf16le", "utf32", "ucs2");

    /** Its seven bits are not those of ASCII. */
    private static final String NOT_ASCII = "swe7";

    private static final int LAST_OF_ASCII = 0x7E;
    private static final int MOST_LABELS = 10;

    private final Column column;

    FilterTexts(Column column) {
        this.column = column;
    }

    /** Why a comparison may not be, and what to write. */
    record Refusal(String message, String remedy) {}

    /** Tells whether its collation compares the shorter text as if spaces followed. */
    boolean pads() {
        String collation = String.valueOf(column.collation());
        return isByCharacters()
                && !collation.equals("utf8mb4_0900_bin")
                && !collation.contains("nopad");
    }

    private boolean isByCharacters() {
        return column.collation() != null && column.collation().endsWith("_bin");
    }

    /** Returns why a text may not be compared; empty if it may. */
    Optional<Refusal> refusal(Operator operator, String text) {
        if (isByCharacters()) {
            return ofCharset(text);
        }
        if (column.type().kind() == Kind.ENUM && !operator.isOrdering()) {
            return ofLabels(text);
        }
        return Optional.of(
                new Refusal(
                        "the column is compared by collation "
                                + column.collation()
                                + ", which the binlog's side does not have",
                        "write BINARY "
                                + column.name()
                                + " to compare bytes, so that capitals, accents and spaces at the"
                                + " end count"));
    }

    private Optional<Refusal> ofCharset(String text) {
        String charset = String.valueOf(column.charset()).toLowerCase(Locale.ROOT);
        boolean same =
                UNICODE.contains(charset)
                        || (!charset.equals(NOT_ASCII)
                                && text.chars().allMatch(c -> c <= LAST_OF_ASCII));
        return same
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                "the column is of character set "
                                        + charset
                                        + ", whose order and letters are not those of Unicode",
                                "write BINARY " + column.name() + " to compare bytes of UTF-8"));
    }

    /** Refuses what is no label as it is spelled, for no other one is equal to that. */
    private Optional<Refusal> ofLabels(String text) {
        List<String> labels = labels(column.type().declared());
        if (labels.contains(text)) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal(
                        "'" + text + "' is none of the column's labels as it is spelled",
                        "write one of "
                                + String.join(
                                        ", ",
                                        labels.stream()
                                                .limit(MOST_LABELS)
                                                .map(label -> "'" + label + "'")
                                                .toList())
                                + (labels.size() > MOST_LABELS ? " and others" : "")));
    }

    /** Reads {@code enum('a','it''s')}. */
    static List<String> labels(String declared) {
        List<String> labels = new ArrayList<>();
        StringBuilder label = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < declared.length(); i++) {
            char sign = declared.charAt(i);
            if (sign != '\'') {
                if (inside) {
                    label.append(sign);
                }
            } else if (!inside) {
                inside = true;
            } else if (i + 1 < declared.length() && declared.charAt(i + 1) == '\'') {
                label.append(sign);
                i++;
            } else {
                labels.add(label.toString());
                label.setLength(0);
                inside = false;
            }
        }
        return labels;
    }
}
