package io.iotdbmigrate.cli;

/**
 * The set-up of Log4j for a process that may never log: until {@link LogFile} is opened, what is
 * logged goes nowhere. The whole of Log4j, which takes longer to start than some commands need, is
 * loaded only by one that opens it.
 */
public final class SilentLog {
    private static final String FACTORY = "log4j2.loggerContextFactory";
    private static final String LEVEL = "org.apache.logging.log4j.simplelog.level";

    private SilentLog() {}

    /** Silences it; to be called before anything logs. */
    public static void install() {
        System.setProperty(FACTORY, "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
        System.setProperty(LEVEL, "OFF");
    }

    /** Takes that back; to be called before anything has logged. */
    static void remove() {
        System.clearProperty(FACTORY);
    }
}
