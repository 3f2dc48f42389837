package io.iotdbmigrate.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.iotdb.common.rpc.thrift.TSStatus;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.rpc.TSStatusCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAnswerTest {

    @ParameterizedTest
    @CsvSource({
        "SYSTEM_READ_ONLY, any, READ_ONLY",
        "DISK_SPACE_INSUFFICIENT, any, READ_ONLY",
        "EXECUTE_STATEMENT_ERROR, Fail: Database is read-only, READ_ONLY",
        "NO_AVAILABLE_REGION_GROUP, There are no available SchemaRegionGroup RegionGroups, BUSY",
        "EXECUTE_STATEMENT_ERROR, insertTablets failed. DataNode is not enough: register more, BUSY",
        "WRITE_PROCESS_REJECT, any, BUSY",
        "DISPATCH_ERROR, any, BUSY",
        "INTERNAL_REQUEST_TIME_OUT, any, BUSY",
        "DATA_TYPE_MISMATCH, data type of root.a is not consistent, REFUSED",
        "ILLEGAL_PATH, root.a- is illegal, REFUSED",
        "NO_PERMISSION, No permissions for this operation, REFUSED",
        "ALIGNED_TIMESERIES_ERROR, timeseries under this device are not aligned, REFUSED"
    })
    void tellsWhatARefusalMeans(TSStatusCode code, String message, ServerAnswer expected) {
        TSStatus status = new TSStatus(code.getStatusCode());
        status.setMessage(message);
        assertThat(ServerAnswer.of(new StatementExecutionException(status))).isEqualTo(expected);
    }

    /** Codes of IoTDB 2.0.10 that the client of 2.0.5 does not know. */
    @ParameterizedTest
    @CsvSource({"1014, BUSY", "308, REFUSED", "822, REFUSED"})
    void knowsCodesOfNewerServers(int code, ServerAnswer expected) {
        TSStatus status = new TSStatus(code).setMessage("any");
        assertThat(ServerAnswer.of(new StatementExecutionException(status))).isEqualTo(expected);
    }
}
