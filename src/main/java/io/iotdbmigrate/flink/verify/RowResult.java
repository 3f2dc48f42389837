package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.verify.Difference;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What became of a key that was looked at; keys with nothing to say do not come.
 *
 * @param difference null if there is none
 * @param collapsed rows of MySQL beyond the one that stands
 * @param expectedExtra IoTDB keeps a deleted row, as the mapping wants
 */
public record RowResult(
        int table, @Nullable Difference difference, long collapsed, boolean expectedExtra)
        implements Serializable {}
