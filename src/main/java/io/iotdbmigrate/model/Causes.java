package io.iotdbmigrate.model;

/** Causes of a failure, in words for people. */
public final class Causes {
    private Causes() {}

    /** Returns the first line of what the innermost cause says, without the name of its class. */
    public static String message(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? "" : root.getMessage();
        String first = message.lines().findFirst().orElse("").strip();
        return first.isEmpty() ? "it does not say why; see the log" : first;
    }
}
