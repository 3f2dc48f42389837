package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.terminal.Screen;
import io.iotdbmigrate.cli.terminal.StopSignal;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The process as the commands see it.
 *
 * @param out for results only
 * @param err for progress and errors
 * @param environment for {@code ${env:NAME}} in the config
 * @param signals begins to listen for Ctrl-C
 * @param nanoTime a clock that only runs forward
 */
public record CliEnvironment(
        PrintWriter out,
        PrintWriter err,
        Map<String, String> environment,
        Screen screen,
        Supplier<StopSignal> signals,
        LongSupplier nanoTime) {}
