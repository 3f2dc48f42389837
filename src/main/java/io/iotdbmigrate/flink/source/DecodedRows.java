package io.iotdbmigrate.flink.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as they came from MySQL, in the order of the key.
 *
 * @param last whether the chunk ends with them
 */
record DecodedRows(List<@Nullable Object[]> rows, boolean last) {}
