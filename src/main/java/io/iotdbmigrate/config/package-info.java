/** The config file: its settings as records, read from YAML. */
@NullMarked
package io.iotdbmigrate.config;

import org.jspecify.annotations.NullMarked;
