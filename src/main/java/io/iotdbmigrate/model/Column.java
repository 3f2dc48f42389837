package io.iotdbmigrate.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A column of the live schema.
 *
 * @param charset of character columns, else null
 * @param collation of character columns, else null
 */
public record Column(
        String name,
        MySqlType type,
        boolean nullable,
        @Nullable String charset,
        @Nullable String collation)
        implements Serializable {}
