package io.iotdbmigrate.cli;

import io.iotdbmigrate.init.ConfigDraft;
import io.iotdbmigrate.init.ConfigRequest;

/** A service that drafts a config from a live MySQL schema. */
@FunctionalInterface
public interface DraftService {

    ConfigDraft draft(ConfigRequest request);
}
