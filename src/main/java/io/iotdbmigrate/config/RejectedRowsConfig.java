package io.iotdbmigrate.config;

import java.io.Serializable;

/** {@code rejected_rows}; more than {@code max} stops the job, 0 = the first one does. */
public record RejectedRowsConfig(long max) implements Serializable {}
