package io.iotdbmigrate.cli.report;

import java.util.function.ToLongFunction;

/**
 * A figure that a report has of each table. Text and pages show the same ones, under the same
 * titles.
 *
 * @param value of a table
 */
public record Figure<T>(String title, ToLongFunction<T> value) {}
