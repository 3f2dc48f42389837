package io.iotdbmigrate.model;

import java.io.Serializable;

/**
 * A value of a series that has another type than its mapping gives it; it stands where the plain
 * value would.
 *
 * @param value never null, in the Java form of its type
 */
public record TypedValue(TargetType type, Object value) implements Serializable {}
