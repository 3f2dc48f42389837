package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.flink.cluster.JobFailure;
import io.iotdbmigrate.model.Causes;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.ServerName;
import java.sql.SQLException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedThrowable;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;

/** Why a job that only reads failed: which side it was that could not be read. */
final class ReadFailure {
    private ReadFailure() {}

    static UserException explain(Throwable failure, BackfillSpec spec) {
        if (has(failure, SQLException.class)) {
            return unreadable(ExitCode.MYSQL, ServerName.at(spec.mysql()), failure);
        }
        if (!has(failure, UserException.class)
                && (has(failure, IoTDBConnectionException.class)
                        || has(failure, StatementExecutionException.class))) {
            return unreadable(ExitCode.IOTDB, "IoTDB at " + spec.iotdb().address(), failure);
        }
        return JobFailure.explain(failure);
    }

    private static UserException unreadable(ExitCode code, String server, Throwable failure) {
        return new UserException(
                code,
                server
                        + " could not be read to the end ("
                        + Causes.message(original(failure))
                        + "), so nothing is said about differences; see that it runs, then start"
                        + " again",
                failure);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        ClassLoader loader = ReadFailure.class.getClassLoader();
        Throwable cause = original(failure);
        return ExceptionUtils.findThrowable(cause, type).isPresent()
                || ExceptionUtils.findSerializedThrowable(cause, type, loader).isPresent();
    }

    private static Throwable original(Throwable failure) {
        return failure instanceof SerializedThrowable serialized
                ? serialized.deserializeError(ReadFailure.class.getClassLoader())
                : failure;
    }
}
