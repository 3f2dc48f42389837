/** Results as one HTML file each, which loads nothing. */
@NullMarked
package io.iotdbmigrate.cli.report.html;

import org.jspecify.annotations.NullMarked;
