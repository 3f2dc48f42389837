package io.iotdbmigrate.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.interceptors.QueryInterceptor;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.result.ResultSetInternalMethods;
import com.mysql.cj.protocol.Resultset;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which questions of the connector are answered in MySQL's place, and how. */
class BinlogInterceptorTest {
    private static final String DDL =
            "CREATE TABLE `reading` (\n  `note` text DEFAULT 'a.b?ä=&;' COMMENT '\"'\n)";
    private static final Map<String, String> NOTED =
            Map.of(
                    "plant.reading",
                    DDL,
                    "plant.old readings",
                    "CREATE TABLE `old readings` (a int)");

    private static final String GTIDS = "SELECT @@GLOBAL.gtid_executed {}";
    private static final String MODE = "SELECT @@GLOBAL.gtid_mode {}";

    private final Server server = new Server();

    private QueryInterceptor interceptor(boolean isNew, Map<String, String> createTable) {
        Properties properties =
                BinlogInterceptor.properties(Dialect.of(isNew ? "9.7.4" : "8.0.33"), createTable);
        assertThat(properties)
                .containsEntry("queryInterceptors", BinlogInterceptor.class.getName());
        server.interceptor = new BinlogInterceptor().init(server.connection(), properties, null);
        return server.interceptor;
    }

    private static @Nullable Resultset answer(QueryInterceptor interceptor, String sql) {
        return interceptor.preProcess(() -> sql, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHOW MASTER STATUS", " show master status\n"})
    void mySqlSince84IsAskedForItsBinaryLogInstead(String sql) {
        assertThat(answer(interceptor(true, Map.of()), sql)).isSameAs(server.answer);
        assertThat(server.asked).containsExactly(MODE, GTIDS, "SHOW BINARY LOG STATUS {}");
    }

    @Test
    void gtidsWithTagsAreSaidToBeOff() {
        QueryInterceptor interceptor = interceptor(true, Map.of());
        server.rows.put("SELECT @@GLOBAL.gtid_executed", List.of("3e11fa47:1-5:nightly:1-3"));
        server.rows.put("SHOW BINARY LOG STATUS", List.of("binlog.000003", "157"));

        assertThat(answer(interceptor, "SHOW GLOBAL VARIABLES LIKE 'GTID_MODE'"))
                .isSameAs(server.answer);
        assertThat(server.asked)
                .last()
                .isEqualTo("SELECT 'gtid_mode' AS Variable_name, 'OFF' AS Value {}");
        assertThat(answer(interceptor, "SHOW MASTER STATUS")).isSameAs(server.answer);
        assertThat(server.asked)
                .last()
                .asString()
                .startsWith("SELECT ? AS File, CAST(? AS UNSIGNED) AS Position, ")
                .endsWith(" '' AS Executed_Gtid_Set {1=binlog.000003, 2=157}");
    }

    /** The connector would take two positions with the same former GTIDs for one. */
    @Test
    void formerGtidsAreNotTold() {
        QueryInterceptor interceptor = interceptor(true, Map.of());
        server.rows.put("SELECT @@GLOBAL.gtid_mode", List.of("OFF_PERMISSIVE"));
        server.rows.put("SHOW BINARY LOG STATUS", List.of("binlog.000003", "157"));

        assertThat(answer(interceptor, "SHOW MASTER STATUS")).isSameAs(server.answer);
        assertThat(server.asked)
                .last()
                .asString()
                .endsWith(" '' AS Executed_Gtid_Set {1=binlog.000003, 2=157}");
    }

    @Test
    void otherGtidsAreLeftAlone() {
        QueryInterceptor interceptor = interceptor(true, Map.of());
        server.rows.put("SELECT @@GLOBAL.gtid_executed", List.of("3e11fa47:1-5"));

        assertThat(answer(interceptor, "SHOW GLOBAL VARIABLES LIKE 'GTID_MODE'")).isNull();
    }

    @Test
    void aVectorIsABlob() {
        QueryInterceptor interceptor = interceptor(true, Map.of());
        String question = "SHOW CREATE TABLE `plant`.`shapes`";
        server.rows.put(question, List.of("shapes", "CREATE TABLE `shapes` (`v` vector(3))"));

        assertThat(answer(interceptor, question)).isSameAs(server.answer);
        assertThat(server.asked)
                .last()
                .asString()
                .endsWith("{1=shapes, 2=CREATE TABLE `shapes` (`v` LONGBLOB)}");
    }

    @Test
    void anOlderMySqlAnswersItself() {
        assertThat(answer(interceptor(false, NOTED), "SHOW MASTER STATUS")).isNull();
        assertThat(server.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHOW CREATE TABLE plant.reading",
                "SHOW CREATE TABLE `plant`.`reading`",
                " show  create\ttable `plant`.reading ",
            })
    void aTableIsDefinedAsItWasAtTheNotedPosition(String sql) {
        assertThat(answer(interceptor(false, NOTED), sql)).isSameAs(server.answer);
        assertThat(server.asked)
                .containsExactly(
                        "SELECT ? AS `Table`, ? AS `Create Table` {1=reading, 2=" + DDL + "}");
    }

    @Test
    void namesMayHaveDotsAndBackticks() {
        answer(
                interceptor(false, Map.of("pl.ant.a.b`c", DDL)),
                "SHOW CREATE TABLE `pl.ant`.`a.b``c`");
        assertThat(server.asked)
                .containsExactly(
                        "SELECT ? AS `Table`, ? AS `Create Table` {1=a.b`c, 2=" + DDL + "}");
    }

    @Test
    void ofSeveralNotedTablesEachHasItsOwnDefinition() {
        answer(interceptor(true, NOTED), "SHOW CREATE TABLE `plant`.`old readings`");
        assertThat(server.asked)
                .containsExactly(
                        "SELECT ? AS `Table`, ? AS `Create Table` {1=old readings, 2=CREATE TABLE"
                                + " `old readings` (a int)}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHOW CREATE TABLE `other`.`reading`",
                "SHOW CREATE TABLE `plant`.`readings`",
                "SHOW CREATE DATABASE `plant`",
                "SHOW MASTER STATUS /* of others */",
                "SELECT 'SHOW MASTER STATUS'",
            })
    void everythingElseGoesToMySql(String sql) {
        assertThat(answer(interceptor(false, NOTED), sql)).isNull();
        assertThat(server.asked).isEmpty();
    }

    /** Connector/J knows no text of what it prepares on the server. */
    @Test
    void soDoesWhatHasNoText() {
        QueryInterceptor interceptor = interceptor(true, NOTED);
        Resultset ofNoText = interceptor.preProcess(() -> null, null);
        Resultset ofNothing = interceptor.preProcess(null, null);
        assertThat(ofNoText).isNull();
        assertThat(ofNothing).isNull();
    }

    @Test
    void aRefusalIsPassedOnAndTheNextQuestionIsAnswered() {
        QueryInterceptor interceptor = interceptor(true, Map.of());
        server.refusal = new SQLException("you need the REPLICATION CLIENT privilege");
        assertThatThrownBy(() -> answer(interceptor, "SHOW MASTER STATUS"))
                .hasMessage("you need the REPLICATION CLIENT privilege")
                .hasCause(server.refusal);
        server.refusal = null;
        assertThat(answer(interceptor, "SHOW MASTER STATUS")).isSameAs(server.answer);
    }

    /** Answers every statement with one result, and passes each through the interceptor again. */
    private static final class Server {
        private final List<String> asked = new ArrayList<>();
        private final Map<Object, Object> values = new TreeMap<>();
        private final Resultset answer =
                proxy(
                        ResultSetInternalMethods.class,
                        (self, method, args) -> {
                            throw new UnsupportedOperationException(method.getName());
                        });
        private final Map<String, List<String>> rows =
                new HashMap<>(
                        Map.of(
                                "SELECT @@GLOBAL.gtid_mode",
                                List.of("ON"),
                                "SELECT @@GLOBAL.gtid_executed",
                                List.of("")));
        private @Nullable QueryInterceptor interceptor;
        private @Nullable SQLException refusal;

        JdbcConnection connection() {
            return proxy(
                    JdbcConnection.class,
                    (self, method, args) -> {
                        assertThat(method.getName()).isEqualTo("clientPrepareStatement");
                        values.clear();
                        return statement((String) args[0]);
                    });
        }

        private PreparedStatement statement(String sql) {
            return proxy(
                    PreparedStatement.class,
                    (self, method, args) -> {
                        if (method.getName().equals("setString")) {
                            return values.put(args[0], args[1]);
                        }
                        if (method.getName().equals("close")) {
                            return null;
                        }
                        assertThat(method.getName()).isEqualTo("executeQuery");
                        assertThat(answer(interceptor, sql)).as("its own question").isNull();
                        assertThat(answer(interceptor, "SHOW MASTER STATUS")).isNull();
                        if (refusal != null) {
                            throw refusal;
                        }
                        asked.add(sql + " " + values);
                        return rows.containsKey(sql) ? row(rows.get(sql)) : answer;
                    });
        }

        private static ResultSet row(List<String> values) {
            Iterator<Boolean> next = List.of(true, false).iterator();
            return proxy(
                    ResultSetInternalMethods.class,
                    (self, method, args) ->
                            switch (method.getName()) {
                                case "next" -> next.next();
                                case "getString" -> values.get((int) args[0] - 1);
                                case "close" -> null;
                                default ->
                                        throw new UnsupportedOperationException(method.getName());
                            });
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(
                    Proxy.newProxyInstance(
                            BinlogInterceptorTest.class.getClassLoader(),
                            new Class<?>[] {type},
                            (self, method, args) ->
                                    method.getDeclaringClass() == Object.class
                                            ? method.getName().equals("toString")
                                                    ? type.getSimpleName()
                                                    : method.getName().equals("equals")
                                                            ? self == args[0]
                                                            : System.identityHashCode(self)
                                            : handler.invoke(self, method, args)));
        }
    }
}
