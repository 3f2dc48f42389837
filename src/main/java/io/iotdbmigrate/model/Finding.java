package io.iotdbmigrate.model;

/**
 * Something that was looked at before rows move.
 *
 * @param subject what it is about, e.g. {@code record_ambience.temperature}
 * @param message what was found
 * @param remedy what to do about it, empty where nothing needs doing
 * @param exitCode what an error makes the process exit with
 */
public record Finding(
        Severity severity, ExitCode exitCode, String subject, String message, String remedy) {

    public enum Severity {
        OK,
        WARNING,
        ERROR
    }

    public static Finding ok(String subject, String message) {
        return new Finding(Severity.OK, ExitCode.DONE, subject, message, "");
    }

    public static Finding warning(String subject, String message, String remedy) {
        return new Finding(Severity.WARNING, ExitCode.DONE, subject, message, remedy);
    }

    public static Finding error(ExitCode exitCode, String subject, String message, String remedy) {
        return new Finding(Severity.ERROR, exitCode, subject, message, remedy);
    }

    /** Spells the finding as one sentence. */
    public String sentence() {
        return subject + ": " + message + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
