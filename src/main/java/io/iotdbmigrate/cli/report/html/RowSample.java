package io.iotdbmigrate.cli.report.html;

import java.time.Duration;

/**
 * How many rows were read when.
 *
 * @param at since the run began
 */
public record RowSample(Duration at, long rows) {}
