package io.iotdbmigrate.cli;

import io.iotdbmigrate.init.ConfigDraft;
import io.iotdbmigrate.init.ConfigRequest;

/** Drafts a config from a live MySQL schema. */
@FunctionalInterface
public interface DraftService {

    ConfigDraft draft(ConfigRequest request);
}
