package io.iotdbmigrate.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a narrow terminal: a long one goes on below, where its text began. */
final class Fitted {
    private static final Pattern NAME = Pattern.compile("\\s*\\S+(?: \\S+)*\\s{2,}");

    private Fitted() {}

    /**
     * Returns the line, or several of it. They are parted between words; a longer word stays whole.
     *
     * @param columns that a line may have
     */
    static List<String> lines(String line, int columns) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(indent(line, columns));
        String rest = line;
        while (rest.length() > columns) {
            int end = rest.lastIndexOf(' ', columns);
            boolean isBlank = end < 0 || rest.substring(0, end).isBlank();
            end = isBlank ? rest.indexOf(' ', rest.length() - rest.stripLeading().length()) : end;
            if (end < 0) {
                break;
            }
            lines.add(rest.substring(0, end).stripTrailing());
            rest = indent + rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }

    /** Returns where the text behind a name begins; if that is far to the right, two characters. */
    private static int indent(String line, int columns) {
        Matcher name = NAME.matcher(line);
        return name.lookingAt() && name.end() <= columns / 2 ? name.end() : 2;
    }
}
