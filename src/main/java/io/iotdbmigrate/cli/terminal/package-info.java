/** What a person watches while a command runs: live lines, plain lines, Ctrl-C. */
@NullMarked
package io.iotdbmigrate.cli.terminal;

import org.jspecify.annotations.NullMarked;
