/** Results as text and as JSON. */
@NullMarked
package io.iotdbmigrate.cli.report;

import org.jspecify.annotations.NullMarked;
