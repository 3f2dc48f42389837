package io.iotdbmigrate.cutover;

/**
 * What the user asked for.
 *
 * @param rehearsal everything but the switch, and then undo it
 * @param yes do not ask
 */
public record CutoverOptions(boolean rehearsal, boolean yes) {}
