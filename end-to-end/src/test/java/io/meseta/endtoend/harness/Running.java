package io.meseta.endtoend.harness;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// One cluster for all tests of a class; a test that fails shows what the services said.
public final class Running
        implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {

    private final Setup setup;
    private @Nullable TestCluster cluster;

    private Running(Setup setup) {
        this.setup = setup;
    }

    public static Running cluster(Setup setup) {
        return new Running(setup);
    }

    public TestCluster cluster() {
        return Optional.ofNullable(cluster)
                .orElseThrow(() -> new IllegalStateException("no cluster runs"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = TestCluster.start(setup);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        if (cluster != null) failure.addSuppressed(new ServicesSaid(cluster.logs()));
        throw failure;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (cluster != null) cluster.close();
    }

    /// Not a failure of its own: the logs that belong to one.
    private static final class ServicesSaid extends Exception {
        ServicesSaid(String logs) {
            super("the services said:\n" + logs, null, false, false);
        }
    }
}
