/** The config file: YAML to records, problems with their place, secrets. */
@NullMarked
package io.iotdbmigrate.config;

import org.jspecify.annotations.NullMarked;
