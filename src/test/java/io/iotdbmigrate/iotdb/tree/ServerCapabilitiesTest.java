package io.iotdbmigrate.iotdb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.iotdbmigrate.iotdb.FrameLimit;
import io.iotdbmigrate.iotdb.PrivilegePreflight;
import io.iotdbmigrate.iotdb.ServerCapabilities;
import io.iotdbmigrate.iotdb.ServerCapabilities.PrivilegeNames;
import io.iotdbmigrate.iotdb.ServerPreflight;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.Finding.Severity;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.testkit.Refusals;
import java.util.ArrayList;
import java.util.List;
import org.apache.iotdb.common.rpc.thrift.TSStatus;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.service.rpc.thrift.ServerProperties;
import org.apache.tsfile.common.conf.TSFileConfig;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.read.common.Field;
import org.apache.tsfile.utils.Binary;
import org.junit.jupiter.api.Test;

/** Answers as IoTDB 2.0.1-beta and 2.0.10 give them. */
class ServerCapabilitiesTest {
    private static final List<DeviceTemplate> PLANT =
            List.of(DeviceTemplate.parse("root.plant.{dev}"));
    private static final List<String> OLD = List.of("Role", "Path", "Privileges", "GrantOption");
    private static final List<String> NEW = List.of("Role", "Scope", "Privileges", "GrantOption");
    private static final String ADMIN_ONLY = "803: Only the admin user can perform this operation";
    private static final String NEEDS_SYSTEM =
            "803: No permissions for this operation, please add privilege SYSTEM";

    /** A server that was recorded. */
    private static final class Recorded implements ServerCapabilities.Server {
        private final List<String> columns;
        private final List<ServerQuery.Row> grants = new ArrayList<>();
        private final String flush;
        private final int frame;

        Recorded(List<String> columns, String flush, int frame) {
            this.columns = columns;
            this.flush = flush;
            this.frame = frame;
        }

        Recorded grant(String path, String... privileges) {
            for (String privilege : privileges) {
                grants.add(
                        new ServerQuery.Row(
                                columns,
                                List.of(text(""), text(path), text(privilege), text("false"))));
            }
            return this;
        }

        private static Field text(String text) {
            Field field = new Field(TSDataType.TEXT);
            field.setBinaryV(new Binary(text, TSFileConfig.STRING_CHARSET));
            return field;
        }

        @Override
        public ServerProperties properties() {
            ServerProperties properties = new ServerProperties();
            properties.setTimestampPrecision("us");
            if (frame > 0) {
                properties.setThriftMaxFrameSize(frame);
            }
            return properties;
        }

        @Override
        public ServerQuery.Answer query(String sql) {
            assertThat(sql).isEqualTo("LIST PRIVILEGES OF USER mover");
            return new ServerQuery.Answer(columns, grants);
        }

        @Override
        public void execute(String sql) throws StatementExecutionException {
            assertThat(sql).startsWith("FLUSH ");
            if (!flush.isEmpty()) {
                int code = Integer.parseInt(flush.substring(0, 3));
                throw new StatementExecutionException(
                        new TSStatus(code).setMessage(flush.substring(5)));
            }
        }

        ServerCapabilities asked() throws Exception {
            return ServerCapabilities.ask(this, "mover");
        }

        List<String> problems() throws Exception {
            return PrivilegePreflight.check(asked(), "mover", PLANT).stream()
                    .map(Finding::sentence)
                    .toList();
        }
    }

    @Test
    void onlyRootMayFlushOn201() throws Exception {
        Recorded all =
                new Recorded(OLD, ADMIN_ONLY, 536_870_912)
                        .grant("root.**", "MANAGE_DATABASE", "WRITE_DATA", "WRITE_SCHEMA");

        assertThat(all.problems())
                .singleElement()
                .asString()
                .contains("may not run FLUSH", "set connections.iotdb.user to root");
        assertThat(new Recorded(OLD, ADMIN_ONLY, 0).problems())
                .hasSize(4)
                .element(2)
                .asString()
                .contains("run GRANT MANAGE_DATABASE ON root.** TO USER mover");
    }

    /** SYSTEM has an empty scope. */
    @Test
    void theSmallestSetOf2010IsEnough() throws Exception {
        Recorded smallest =
                new Recorded(NEW, "", 25_165_824)
                        .grant("", "SYSTEM")
                        .grant("root.plant.**", "WRITE_DATA", "WRITE_SCHEMA")
                        .grant("root.iotdb_migrate.**", "WRITE_DATA", "WRITE_SCHEMA");

        assertThat(smallest.problems()).isEmpty();
        assertThat(smallest.asked().privileges()).isEqualTo(PrivilegeNames.SYSTEM);
        assertThat(smallest.asked().precision()).isEqualTo(TimePrecision.US);
        assertThatCode(() -> PrivilegePreflight.requireSight(smallest.asked(), "mover", PLANT))
                .doesNotThrowAnyException();
    }

    @Test
    void eachThatIsMissingOn2010IsNamedAsItTakesIt() throws Exception {
        assertThat(new Recorded(NEW, NEEDS_SYSTEM, 0).problems())
                .hasSize(3)
                .anySatisfy(p -> assertThat(p).contains("GRANT SYSTEM ON root.** TO USER mover"))
                .anySatisfy(
                        p ->
                                assertThat(p)
                                        .contains(
                                                "GRANT WRITE_DATA, WRITE_SCHEMA ON root.plant.**"))
                .noneMatch(p -> p.contains("MANAGE_DATABASE") || p.contains("to root;"));
        assertThat(
                        new Recorded(NEW, "", 0)
                                .grant("", "SYSTEM")
                                .grant("root.**", "WRITE_DATA")
                                .problems())
                .hasSize(2)
                .allSatisfy(p -> assertThat(p).contains("lacks WRITE_SCHEMA on"));
    }

    /** It would be answered that there are no series. */
    @Test
    void whoDoesNotSeeTheSeriesIsRefused() {
        Recorded blind = new Recorded(NEW, "", 0).grant("", "SYSTEM").grant("root.**", "READ_DATA");
        Refusals.assertRefused(
                        ExitCode.IOTDB,
                        () -> PrivilegePreflight.requireSight(blind.asked(), "mover", PLANT))
                .hasMessageContaining("answers that it has no series");
        Recorded reads = new Recorded(OLD, ADMIN_ONLY, 0).grant("root.**", "READ_SCHEMA");
        assertThatCode(() -> PrivilegePreflight.requireSight(reads.asked(), "mover", PLANT))
                .doesNotThrowAnyException();
    }

    @Test
    void aRequestStaysBelowTheFrame() throws Exception {
        FrameLimit small = new Recorded(NEW, "", 1_600_000).asked().frame();
        assertThat(small.rowBytes()).isEqualTo(1_500_000);
        assertThat(small.requestBytes()).isEqualTo(1_500_000);
        FrameLimit large = new Recorded(NEW, "", 536_870_912).asked().frame();
        assertThat(large.requestBytes()).isEqualTo(16 << 20);
        assertThat(large.rowBytes()).isGreaterThan(500_000_000);
        assertThat(new Recorded(OLD, "", 0).asked().frame()).isEqualTo(FrameLimit.UNKNOWN);
    }

    @Test
    void versionsWithoutTheTypesAreRefused() {
        for (String old : List.of("0.13.4", "1.2.2", "1.3.0", "1.3.2-SNAPSHOT")) {
            Finding finding = ServerPreflight.version(old, TimePrecision.MS);
            assertThat(finding.exitCode()).as(old).isEqualTo(ExitCode.IOTDB);
            assertThat(finding.sentence()).contains("lacks the types STRING");
        }
        assertThat(List.of("1.3.3", "1.3.10", "3.0.0"))
                .allSatisfy(
                        v ->
                                assertThat(ServerPreflight.version(v, TimePrecision.MS).severity())
                                        .isEqualTo(Severity.WARNING));
        assertThat(ServerPreflight.version("2.0.10", TimePrecision.NS).severity())
                .isEqualTo(Severity.OK);
    }
}
