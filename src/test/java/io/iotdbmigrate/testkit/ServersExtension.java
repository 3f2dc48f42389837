package io.iotdbmigrate.testkit;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives tests their {@link Servers} and a {@link TestDatabase} as parameters. The database lives as
 * long as what asked for it: a test method's for the test, a constructor's for the class.
 */
public final class ServersExtension
        implements ParameterResolver, ExecutionCondition, BeforeAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(ServersExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Servers.class || type == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == Servers.class) {
            return servers(context);
        }
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Closing.class, key -> new Closing(create(servers(context))), Closing.class)
                .database();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String failure = other(context).map(OtherMySql::failure).orElse("");
        return failure.isEmpty()
                ? ConditionEvaluationResult.enabled("its servers run")
                : ConditionEvaluationResult.disabled(failure);
    }

    /** Starts what {@link OnFlink} asks for, unless one runs already; it ends with the class. */
    @Override
    public void beforeAll(ExtensionContext context) {
        if (AnnotationSupport.isAnnotated(context.getTestClass(), OnFlink.class)) {
            context.getStore(NAMESPACE)
                    .getOrComputeIfAbsent(
                            FlinkCluster.class,
                            key -> FlinkCluster.beside(Servers.get()),
                            FlinkCluster.class);
        }
    }

    private static Servers servers(ExtensionContext context) {
        Servers own = Servers.get();
        FlinkCluster flink =
                context.getStore(NAMESPACE).get(FlinkCluster.class, FlinkCluster.class);
        Servers servers = flink == null ? own : own.withFlink(flink.rest());
        return other(context).map(other -> other.with(servers)).orElse(servers);
    }

    /** One for each version and JVM. */
    private static Optional<OtherMySql> other(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestClass(), OnMySql.class)
                .filter(wanted -> !(wanted.value().startsWith("mariadb-") && isOnMariaDb(context)))
                .map(
                        wanted ->
                                context.getRoot()
                                        .getStore(NAMESPACE)
                                        .getOrComputeIfAbsent(
                                                wanted, OtherMySql::start, OtherMySql.class));
    }

    /** Tells it of the servers of this JVM, whichever version a person has started. */
    private static boolean isOnMariaDb(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        SourceVersion.class,
                        key -> Servers.get().mysqlVersion(),
                        SourceVersion.class)
                .isMariaDb();
    }

    private static TestDatabase create(Servers servers) {
        try {
            return TestDatabase.create(servers);
        } catch (SQLException e) {
            throw new ParameterResolutionException("cannot create a MySQL database", e);
        }
    }

    /**
     * A Flink cluster of a test class.
     *
     * @param started who ends it; null if it ran before
     */
    private record FlinkCluster(String rest, @Nullable ServerControl started)
            implements CloseableResource {
        static FlinkCluster beside(Servers servers) {
            return servers.flinkRest() == null
                    ? new FlinkCluster(servers.control().startFlink(), servers.control())
                    : new FlinkCluster(servers.flinkRest(), null);
        }

        @Override
        public void close() {
            if (started != null) {
                started.stopFlink();
            }
        }
    }

    private record Closing(TestDatabase database) implements CloseableResource {
        @Override
        public void close() throws Throwable {
            database.close();
        }
    }
}
