package io.iotdbmigrate.cli;

/**
 * Configures {@code java.util.logging}, with which the binlog client logs, to write nothing: by
 * default it writes onto the terminal. {@link LogFile} has it written to the log. Java creates it
 * when something logs so for the first time.
 */
public final class SilentJavaLogging {
    /** For {@code java.util.logging.config.class}. */
    public SilentJavaLogging() {}

    /** To be called before anything logs. */
    public static void install() {
        System.setProperty("java.util.logging.config.class", SilentJavaLogging.class.getName());
    }
}
