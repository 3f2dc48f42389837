/** A YAML file as typed values: problems with their place, references, secrets; no setting. */
@NullMarked
package io.iotdbmigrate.config.yaml;

import org.jspecify.annotations.NullMarked;
