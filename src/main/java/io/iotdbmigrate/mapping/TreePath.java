package io.iotdbmigrate.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * Paths of IoTDB's tree model as one text. {@link #of} writes the form that all of this program
 * compares.
 */
public final class TreePath {
    private TreePath() {}

    /** Returns the path of nodes with these names, each without backticks. */
    public static String of(List<String> names) {
        StringBuilder path = new StringBuilder(names.get(0));
        for (String name : names.subList(1, names.size())) {
            path.append('.').append(PathNode.quote(name));
        }
        return path.toString();
    }

    /**
     * Returns a path in the form of {@link #of}. A server leaves backticks out where its own
     * grammar does not need them, so its answers are brought to this form before anything is looked
     * up by them.
     *
     * @param path as a server writes it
     */
    public static String normal(String path) {
        return of(split(path));
    }

    /** Returns the names of a path's nodes, without their backticks. */
    public static List<String> split(String path) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '`' && quoted && i + 1 < path.length() && path.charAt(i + 1) == '`') {
                name.append(c);
                i++;
            } else if (c == '`') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                names.add(name.toString());
                name.setLength(0);
            } else {
                name.append(c);
            }
        }
        names.add(name.toString());
        return names;
    }
}
