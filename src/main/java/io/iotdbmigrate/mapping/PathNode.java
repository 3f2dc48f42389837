package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.IotdbPath;
import java.util.Locale;
import java.util.Optional;

/**
 * One node of an IoTDB path. A node with anything but ASCII letters, digits and {@code _}, and one
 * that begins with a digit (the server reads {@code 1d} as a duration) go into backticks, so that a
 * value from data always stays one node.
 */
public final class PathNode {
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
        return IotdbPath.RESERVED.contains(name.toLowerCase(Locale.ROOT));
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
