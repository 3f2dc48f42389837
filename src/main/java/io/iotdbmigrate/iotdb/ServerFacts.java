package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.TimePrecision;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.session.Session;
import org.apache.thrift.TException;

/** What a server says about itself. */
public final class ServerFacts {
    private ServerFacts() {}

    /** Returns the unit of its timestamps, fixed at its first start. */
    public static TimePrecision precision(Session session) throws IoTDBConnectionException {
        try {
            return TimePrecision.of(session.getTimestampPrecision());
        } catch (TException e) {
            throw new IoTDBConnectionException(e);
        }
    }
}
