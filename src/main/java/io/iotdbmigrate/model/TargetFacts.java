package io.iotdbmigrate.model;

/**
 * What a mapping has to know of the IoTDB server.
 *
 * @param precision the unit of its timestamps
 * @param longestRow bytes of the longest row that it takes
 */
public record TargetFacts(TimePrecision precision, long longestRow) {}
