package io.iotdbmigrate.cli.report;

import java.util.ArrayList;
import java.util.List;

/** A break of text into lines between words. */
final class Wrap {
    private Wrap() {}

    /** Breaks a text into lines of at most {@code width}; a longer word gets a line of its own. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
