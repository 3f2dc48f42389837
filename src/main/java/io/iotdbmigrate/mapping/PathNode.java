package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.IotdbPath;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One node of an IoTDB path. A node with anything but ASCII letters, digits and {@code _}, one that
 * begins with a digit (the server reads {@code 1d} as a duration), and words of the server's
 * grammar go into backticks, so that a value from data always stays one node.
 */
public final class PathNode {
    /**
     * Words that IoTDB 2.0.1-beta takes for a constant or refuses where a name may stand, each of
     * its 298 tried; {@code auto}, {@code current_timestamp}, {@code inf} and {@code trails} are
     * such in the grammars of other versions.
     */
    private static final Set<String> WORDS =
            Set.of(
                    "auto",
                    "current_timestamp",
                    "exists",
                    "false",
                    "if",
                    "inf",
                    "nan",
                    "null",
                    "region",
                    "trails",
                    "true",
                    "verbose");

    private PathNode() {}

    public static String quote(String name) {
        return needsQuotes(name) ? "`" + name.replace("`", "``") + "`" : name;
    }

    /** Returns a node's name in the form of {@link #quote}, however a server writes it. */
    public static String normal(String node) {
        return quote(TreePath.split(node).get(0));
    }

    /** Tells whether {@link #quote} changes the name. */
    public static boolean needsQuotes(String name) {
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            return true;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '_';
            if (!plain) {
                return true;
            }
        }
        String word = name.toLowerCase(Locale.ROOT);
        return WORDS.contains(word) || IotdbPath.RESERVED.contains(word);
    }

    /** Returns why no node can have this name, quoted or not; empty if it can. */
    public static Optional<String> problem(String name) {
        if (name.isEmpty()) {
            return Optional.of("a name in an IoTDB path cannot be empty");
        }
        if (IotdbPath.RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("IoTDB keeps the name " + name + " for itself");
        }
        if (name.indexOf('\n') >= 0 || name.indexOf('\t') >= 0) {
            return Optional.of("IoTDB takes no tab or line break in a name");
        }
        return Optional.empty();
    }
}
