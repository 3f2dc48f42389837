package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.TargetType;

/** A measurement to read, by its name in the target, and the type it should have. */
public record ReadColumn(String name, TargetType type) {}
