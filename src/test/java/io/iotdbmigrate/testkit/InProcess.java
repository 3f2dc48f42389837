package io.iotdbmigrate.testkit;

import io.iotdbmigrate.Main;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * The tool's commands in this process: without a terminal, signals, and the seconds that a JVM of
 * its own takes. Paths among the arguments are absolute, as the working directory is the tests'.
 */
public final class InProcess {
    private InProcess() {}

    /** Runs a command to its end. */
    public static Tool.Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err, true), arguments);
        return new Tool.Result(exitCode, out.toString(), err.toString());
    }
}
