package io.iotdbmigrate.init;

import java.util.List;

/**
 * A written config.
 *
 * @param yaml the whole file
 * @param mapped names of the tables that have a mapping in it
 * @param skipped the others, each with why
 */
public record ConfigDraft(String yaml, List<String> mapped, List<TableGuess.None> skipped) {
    public ConfigDraft {
        mapped = List.copyOf(mapped);
        skipped = List.copyOf(skipped);
    }
}
