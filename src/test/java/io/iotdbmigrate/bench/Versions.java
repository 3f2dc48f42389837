package io.iotdbmigrate.bench;

import java.io.IOException;
import java.sql.SQLException;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;

/** Of all that takes part. */
record Versions(String tool, String java, String mysql, String iotdb) {

    static Versions read()
            throws IOException,
                    SQLException,
                    IoTDBConnectionException,
                    StatementExecutionException {
        return new Versions(
                Tool.BUILT.version(),
                System.getProperty("java.vm.version"),
                BenchMysql.version(),
                BenchIotdb.version());
    }
}
