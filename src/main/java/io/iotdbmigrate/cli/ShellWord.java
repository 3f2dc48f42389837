package io.iotdbmigrate.cli;

/** Quoting of words for a command line that is to be copied. */
final class ShellWord {
    private ShellWord() {}

    static String quote(String word) {
        return word.matches("[A-Za-z0-9_./:@%+=,-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
