package io.iotdbmigrate.model;

/** The canonical value of a MySQL date that no calendar has, such as {@code 0000-00-00}. */
public enum ZeroDate {
    ZERO_DATE
}
