/** A page that lives as long as a command: served to a browser, and it cannot change anything. */
@NullMarked
package io.iotdbmigrate.cli.web;

import org.jspecify.annotations.NullMarked;
