package io.iotdbmigrate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of IoTDB's tree as the file writes it: a device template with columns in braces, or a
 * database. Names without backquotes follow the server's lexer (2.0.1): letters, digits, {@code _}
 * and Chinese characters, no plain number, none of the words time, timestamp and root.
 */
public record IotdbPath(List<Node> nodes) {
    private static final Pattern QUOTED = Pattern.compile("`(?:[^`]|``)+`");
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_\\u2E80-\\u9FFF]+");
    private static final Pattern NUMBER = Pattern.compile("\\d+([eE]\\d+)?");
    private static final Pattern COLUMN = Pattern.compile("\\{([^}]*)}");

    /** Names, in lower case, that IoTDB keeps for itself. */
    public static final Set<String> RESERVED = Set.of("time", "timestamp", "root");

    private static final Pattern DATABASE_NAME = Pattern.compile("[A-Za-z0-9_\\-\\u2E80-\\u9FFF]+");
    private static final int LONGEST_DATABASE = 64;

    /**
     * @param name without backquotes; with the braces of its columns
     */
    record Node(String name, List<String> columns) {

        /** Tells whether this node of a template can become the given name. */
        boolean canBe(String fixedName) {
            if (columns.isEmpty()) {
                return name.equals(fixedName);
            }
            StringBuilder pattern = new StringBuilder();
            Matcher column = COLUMN.matcher(name);
            int end = 0;
            while (column.find()) {
                pattern.append(Pattern.quote(name.substring(end, column.start()))).append(".+");
                end = column.end();
            }
            pattern.append(Pattern.quote(name.substring(end)));
            return Pattern.matches(pattern.toString(), fixedName);
        }
    }

    /** An exception whose message reads on after the value: "has an empty name; ...". */
    static final class IllegalPathException extends Exception {
        private static final long serialVersionUID = 1L;

        IllegalPathException(String sentence) {
            super(sentence);
        }
    }

    public IotdbPath {
        nodes = List.copyOf(nodes);
    }

    static IotdbPath parse(String text) throws IllegalPathException {
        List<Node> nodes = new ArrayList<>();
        for (String part : split(text)) {
            nodes.add(nodes.isEmpty() ? root(part) : node(part));
        }
        if (nodes.size() < 2) {
            throw new IllegalPathException("is no more than root; write a path such as root.plant");
        }
        return new IotdbPath(nodes);
    }

    static IotdbPath parseDatabase(String text) throws IllegalPathException {
        IotdbPath path = parse(text);
        if (!path.columns().isEmpty()) {
            throw new IllegalPathException("cannot have columns in braces; write a fixed path");
        }
        for (Node node : path.nodes) {
            if (!DATABASE_NAME.matcher(node.name()).matches()) {
                throw new IllegalPathException(
                        "has characters no database may have; use letters, digits, _ and -");
            }
        }
        if (text.length() > LONGEST_DATABASE) {
            throw new IllegalPathException(
                    "is longer than " + LONGEST_DATABASE + " characters; choose a shorter one");
        }
        return path;
    }

    /** Finds all columns in braces. */
    List<String> columns() {
        return nodes.stream().flatMap(node -> node.columns().stream()).toList();
    }

    /** Tells whether this template's devices can lie in a database, or this database in another. */
    boolean canLieUnder(IotdbPath database) {
        if (nodes.size() < database.nodes.size()) {
            return false;
        }
        for (int i = 0; i < database.nodes.size(); i++) {
            if (!nodes.get(i).canBe(database.nodes.get(i).name())) {
                return false;
            }
        }
        return true;
    }

    /** Splits a path at the dots outside of backquotes and braces. */
    private static List<String> split(String text) throws IllegalPathException {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        boolean inBraces = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '`' && !inBraces) {
                quoted = !quoted;
            } else if (c == '{' && !quoted) {
                if (inBraces) {
                    throw new IllegalPathException("has a { inside of braces; close them with }");
                }
                inBraces = true;
            } else if (c == '}' && !quoted) {
                if (!inBraces) {
                    throw new IllegalPathException("has a } without a {; write {column}");
                }
                inBraces = false;
            } else if (c == '.' && !quoted && !inBraces) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (quoted || inBraces) {
            throw new IllegalPathException(
                    inBraces
                            ? "has a { that is not closed; write {column}"
                            : "has a backquote that is not closed; close it");
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Node root(String part) throws IllegalPathException {
        if (!part.equals("root")) {
            throw new IllegalPathException("does not begin with root; write root. before it");
        }
        return new Node(part, List.of());
    }

    private static Node node(String part) throws IllegalPathException {
        if (part.isEmpty()) {
            throw new IllegalPathException("has an empty name; write one name between two dots");
        }
        if (QUOTED.matcher(part).matches()) {
            return quotedNode(part);
        }
        if (part.contains("{")) {
            return nodeWithColumns(part);
        }
        boolean reserved = RESERVED.contains(part.toLowerCase(Locale.ROOT));
        if (reserved || NUMBER.matcher(part).matches() || !BARE.matcher(part).matches()) {
            String why =
                    reserved
                            ? "which IoTDB reserves"
                            : "which is more than letters, digits and _, or a number";
            throw new IllegalPathException(
                    part.contains("`")
                            ? "has a backquote in the middle of a name; quote the whole name"
                            : "has the name " + part + ", " + why + "; write `" + part + "`");
        }
        return new Node(part, List.of());
    }

    private static Node quotedNode(String part) throws IllegalPathException {
        String name = part.substring(1, part.length() - 1).replace("``", "`");
        if (name.contains("{") || name.contains("}")) {
            throw new IllegalPathException(
                    "has braces inside of backquotes; leave out the backquotes, names from columns"
                            + " are quoted where needed");
        }
        return new Node(name, List.of());
    }

    private static Node nodeWithColumns(String part) throws IllegalPathException {
        List<String> columns = new ArrayList<>();
        Matcher matcher = COLUMN.matcher(part);
        while (matcher.find()) {
            String column = matcher.group(1);
            if (column.isEmpty() || !column.equals(column.strip())) {
                throw new IllegalPathException(
                        "has " + matcher.group() + ", which names no column; write {column}");
            }
            columns.add(column);
        }
        if (matcher.replaceAll("").contains("`")) {
            throw new IllegalPathException(
                    "mixes backquotes and columns in one name; leave out the backquotes, names from"
                            + " columns are quoted where needed");
        }
        return new Node(part, List.copyOf(columns));
    }
}
