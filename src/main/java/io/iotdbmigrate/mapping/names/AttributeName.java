package io.iotdbmigrate.mapping.names;

import java.util.Optional;

/**
 * What a look-up gives the devices of a key now.
 *
 * @param reference of an attribute, as the config has it
 * @param key the value of their TAG
 * @param value empty if there is none, or an empty one
 */
public record AttributeName(String reference, String key, Optional<String> value) {}
