package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.network.protocol.command.DumpBinaryLogCommand;
import com.github.shyiko.mysql.binlog.network.protocol.command.QueryCommand;
import java.io.IOException;

/** A client of the binlog that has all events from MariaDB as they are. */
public class BinlogClient extends BinaryLogClient {
    public BinlogClient(String host, int port, String user, String password) {
        super(host, port, user, password);
    }

    /**
     * Asks MariaDB for all events as they are, those too that tell the text of a statement: what is
     * left out would be missing where offsets are counted.
     *
     * @param serverId 0 to be told where the binlog ends
     */
    @Override
    protected void requestBinaryLogStreamMaria(long serverId) throws IOException {
        channel.write(new QueryCommand("SET @mariadb_slave_capability = 4"));
        checkError(channel.read());
        channel.write(
                new DumpBinaryLogCommand(serverId, getBinlogFilename(), getBinlogPosition(), true));
    }
}
