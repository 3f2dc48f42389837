package io.iotdbmigrate.cli.terminal;

/**
 * How text may look where it goes.
 *
 * @param width columns to wrap at
 * @param table columns that a table may have
 */
public record Style(int width, boolean colours, int table) {
    /** For files and pipes. */
    public static final Style PLAIN = new Style(100, false);

    private static final String RESET = "\u001b[0m";

    /** Makes one where tables are as wide as they are. */
    public Style(int width, boolean colours) {
        this(width, colours, Integer.MAX_VALUE);
    }

    /** ANSI colours, chosen to be readable on dark and on light ground. */
    public enum Colour {
        GREEN(32),
        YELLOW(33),
        RED(31);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }

    public String paint(Colour colour, String text) {
        return colours ? "\u001b[1;" + colour.code + "m" + text + RESET : text;
    }
}
