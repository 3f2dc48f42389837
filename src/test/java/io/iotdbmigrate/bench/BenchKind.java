package io.iotdbmigrate.bench;

/** What is measured against a plain scan of MySQL and what IoTDB needs for the same rows. */
enum BenchKind {
    BACKFILL("backfill", "ingest", "ingest_batch"),
    VERIFY("verify", "read", "read_way");

    private final String command;
    private final String iotdb;
    private final String iotdbWay;

    BenchKind(String command, String iotdb, String iotdbWay) {
        this.command = command;
        this.iotdb = iotdb;
        this.iotdbWay = iotdbWay;
    }

    /** Of the tool. */
    String command() {
        return command;
    }

    /** What is done with IoTDB alone. */
    String iotdb() {
        return iotdb;
    }

    /** Key of the fastest way of that. */
    String iotdbWay() {
        return iotdbWay;
    }
}
