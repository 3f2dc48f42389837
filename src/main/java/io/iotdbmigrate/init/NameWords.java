package io.iotdbmigrate.init;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words that a column's name is made of: {@code deviceId}, {@code DEVICE_ID}. */
record NameWords(List<String> words) {

    static NameWords of(String name) {
        String spaced =
                name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replaceAll("[^\\p{L}\\p{N}]+", " ");
        return new NameWords(Arrays.asList(spaced.strip().toLowerCase(Locale.ROOT).split(" ", -1)));
    }

    boolean hasAny(Set<String> wanted) {
        return words.stream().anyMatch(wanted::contains);
    }

    boolean areAll(Set<String> wanted) {
        return words.stream().allMatch(wanted::contains);
    }

    String last() {
        return words.get(words.size() - 1);
    }
}
