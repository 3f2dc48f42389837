package io.iotdbmigrate.config;

import io.iotdbmigrate.config.yaml.NearestName;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reader of time zones; for an unknown one the nearest known id is proposed. */
final class TimeZones {
    private static final String EXPECTED = "a region such as Asia/Hong_Kong or UTC";

    /** Abbreviations such as CST mean several zones; a neighbour by spelling would mislead. */
    private static final int LONGEST_ABBREVIATION = 4;

    private TimeZones() {}

    static @Nullable ZoneId read(@Nullable YamlValue value) {
        String text = value == null ? null : value.text(EXPECTED);
        if (text == null) {
            return null;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            String remedy =
                    nearest(text)
                            .map(id -> "did you mean " + id + "?")
                            .orElse("write " + EXPECTED + ", or an offset such as +08:00");
            return value.refuse("is not a known time zone; " + remedy);
        }
    }

    private static Optional<String> nearest(String text) {
        List<String> known = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        return text.length() <= LONGEST_ABBREVIATION
                ? known.stream().filter(text::equalsIgnoreCase).findFirst()
                : NearestName.find(text, known);
    }
}
