package io.iotdbmigrate.model;

import java.io.Serializable;

/**
 * A row that could not be mapped.
 *
 * @param key the primary key as text, e.g. {@code id=17}; the whole row where there is no key
 * @param value of {@code column}, as text
 * @param reason why, and what would help
 */
public record RejectedRow(TableId table, String key, String column, String value, String reason)
        implements Serializable {}
