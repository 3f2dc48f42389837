package io.iotdbmigrate.flink.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.journal.StoredJson;
import java.io.IOException;
import java.util.List;

/** The form of records in a checkpoint: each a JSON of its own. */
final class StoredRecords {
    private StoredRecords() {}

    static <T extends Record> T read(byte[] json, Class<T> type) throws IOException {
        return StoredJson.fromText(new String(json, UTF_8), type);
    }

    static List<byte[]> write(List<? extends Record> records) {
        return records.stream().map(r -> StoredJson.toText(r).getBytes(UTF_8)).toList();
    }
}
