package io.iotdbmigrate.testkit;

import java.io.IOException;
import java.nio.file.Path;

/** Stops and starts servers for tests of failures; address and data stay the same. */
sealed interface ServerControl permits Sandbox, Containers, NoControl, OtherMySql.MysqlOfAnother {
    /** Ends the server in order and waits for its end. */
    void stop(Server server);

    /** Ends the server as a crash would and waits for its end. */
    void kill(Server server);

    /** Has MySQL take a new {@code server_uuid} when it is started next. */
    void renewMysqlIdentity();

    /** Makes a folder of this machine one that MySQL can read; returns its path there. */
    Path visibleToMysql(Path folder);

    /** What Flink's processes have logged so far. */
    String flinkLogs() throws IOException;

    /** Starts a Flink cluster; returns {@code host:port} of its REST interface when it answers. */
    String startFlink();

    /** Ends that cluster. */
    void stopFlink();

    /** Starts the server and waits until it answers. */
    void start(Server server);
}
