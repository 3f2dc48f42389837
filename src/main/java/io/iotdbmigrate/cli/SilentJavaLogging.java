package io.iotdbmigrate.cli;

/**
 * The set-up of {@code java.util.logging}, with which the binlog client logs, to write nothing: by
 * default it writes onto the terminal. {@link LogFile} has it written to the log. Java creates it
 * when something logs so for the first time.
 */
public final class SilentJavaLogging {
    /** Silences it, for {@code java.util.logging.config.class}. */
    public SilentJavaLogging() {}

    /** Silences it; to be called before anything logs. */
    public static void install() {
        System.setProperty("java.util.logging.config.class", SilentJavaLogging.class.getName());
    }
}
