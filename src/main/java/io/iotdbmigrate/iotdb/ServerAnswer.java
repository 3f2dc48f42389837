package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.Causes;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.util.Locale;
import java.util.Set;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.rpc.TSStatusCode;

/** What a refusal of the server means for the one who asked. */
public enum ServerAnswer {
    /** The server is busy or not ready; the same request may succeed later. */
    BUSY,
    /** The server does not write at all: read-only, or its disk is full. */
    READ_ONLY,
    /** The request itself is refused; repeating it is useless. */
    REFUSED;

    /** A leader that has just been elected; newer servers say so, the client's list lacks it. */
    private static final int LEADER_WARMING_UP = 1014;

    private static final Set<Integer> BUSY_CODES =
            Set.of(
                    LEADER_WARMING_UP,
                    TSStatusCode.INTERNAL_SERVER_ERROR.getStatusCode(),
                    TSStatusCode.DISPATCH_ERROR.getStatusCode(),
                    TSStatusCode.STORAGE_ENGINE_NOT_READY.getStatusCode(),
                    TSStatusCode.WRITE_PROCESS_ERROR.getStatusCode(),
                    TSStatusCode.WRITE_PROCESS_REJECT.getStatusCode(),
                    TSStatusCode.WAL_ERROR.getStatusCode(),
                    TSStatusCode.MPP_MEMORY_NOT_ENOUGH.getStatusCode(),
                    TSStatusCode.INTERNAL_REQUEST_TIME_OUT.getStatusCode(),
                    TSStatusCode.INTERNAL_REQUEST_RETRY_ERROR.getStatusCode(),
                    TSStatusCode.TOO_MANY_CONCURRENT_QUERIES_ERROR.getStatusCode(),
                    TSStatusCode.QUERY_EXECUTION_MEMORY_NOT_ENOUGH.getStatusCode(),
                    TSStatusCode.QUERY_TIMEOUT.getStatusCode(),
                    TSStatusCode.PLAN_FAILED_NETWORK_PARTITION.getStatusCode(),
                    TSStatusCode.CREATE_REGION_ERROR.getStatusCode(),
                    TSStatusCode.PARTITION_CACHE_UPDATE_ERROR.getStatusCode(),
                    TSStatusCode.CONSENSUS_NOT_INITIALIZED.getStatusCode(),
                    TSStatusCode.REGION_LEADER_CHANGE_ERROR.getStatusCode(),
                    TSStatusCode.NO_AVAILABLE_REGION_GROUP.getStatusCode(),
                    TSStatusCode.LACK_PARTITION_ALLOCATION.getStatusCode(),
                    TSStatusCode.NO_ENOUGH_DATANODE.getStatusCode(),
                    TSStatusCode.CAN_NOT_CONNECT_DATANODE.getStatusCode(),
                    TSStatusCode.CAN_NOT_CONNECT_CONFIGNODE.getStatusCode(),
                    TSStatusCode.NO_AVAILABLE_REPLICA.getStatusCode(),
                    TSStatusCode.RATIS_READ_UNAVAILABLE.getStatusCode());

    /** Says what to tell the user: that IoTDB refuses this, in the server's words. */
    public static UserException refusal(String what, StatementExecutionException e) {
        return new UserException(
                ExitCode.IOTDB, "IoTDB refuses " + what + ": " + Causes.message(e), e);
    }

    static ServerAnswer of(StatementExecutionException e) {
        String message = e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
        if (e.getStatusCode() == TSStatusCode.SYSTEM_READ_ONLY.getStatusCode()
                || e.getStatusCode() == TSStatusCode.DISK_SPACE_INSUFFICIENT.getStatusCode()
                || message.contains("read-only")
                || message.contains("readonly")) {
            return READ_ONLY;
        }
        boolean busy =
                BUSY_CODES.contains(e.getStatusCode())
                        || message.contains("no available")
                        || message.contains("datanode is not enough")
                        || message.contains("reject");
        return busy ? BUSY : REFUSED;
    }
}
