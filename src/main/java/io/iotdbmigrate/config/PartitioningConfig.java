package io.iotdbmigrate.config;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * {@code mysql.partitioning}: hints for planning chunks; rows outside the bounds are copied too.
 */
public record PartitioningConfig(
        String column, BigInteger lowerBound, BigInteger upperBound, int num)
        implements Serializable {}
