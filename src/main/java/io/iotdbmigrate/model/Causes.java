package io.iotdbmigrate.model;

import java.util.regex.Pattern;

/** Causes of a failure, in words for people. */
public final class Causes {
    /** An exception's name before its message, as servers and libraries hand it on. */
    private static final Pattern CLASS =
            Pattern.compile("\\b(?:[a-z][\\w$]*\\.)+[A-Z][\\w$]*(?:: )?");

    private Causes() {}

    /** Returns a message without the full names of classes in it. */
    public static String withoutClasses(String message) {
        return CLASS.matcher(message).replaceAll("");
    }

    /** Returns the first line of what the innermost cause says, without the name of its class. */
    public static String message(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = withoutClasses(String.valueOf(root.getMessage()));
        String first = message.lines().findFirst().orElse("").strip();
        return first.isEmpty() || root.getMessage() == null
                ? "it does not say why; see the log"
                : first;
    }
}
