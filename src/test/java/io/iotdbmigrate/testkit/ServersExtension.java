package io.iotdbmigrate.testkit;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests their {@link Servers} and a {@link TestDatabase} as parameters. The database lives as
 * long as what asked for it: a test method's for the test, a constructor's for the class.
 */
public final class ServersExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ServersExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Servers.class || type == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == Servers.class) {
            return Servers.get();
        }
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Closing.class, key -> new Closing(create()), Closing.class)
                .database();
    }

    private static TestDatabase create() {
        try {
            return TestDatabase.create(Servers.get());
        } catch (SQLException e) {
            throw new ParameterResolutionException("cannot create a MySQL database", e);
        }
    }

    private record Closing(TestDatabase database) implements CloseableResource {
        @Override
        public void close() throws Throwable {
            database.close();
        }
    }
}
