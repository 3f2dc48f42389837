package io.iotdbmigrate.config.yaml;

import java.io.Serializable;
import java.util.Objects;

/**
 * A password or key. {@link #toString()} never shows it; {@link #reveal()} is called only where it
 * is handed over.
 */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "****";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && that.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
