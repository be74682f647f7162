package io.meseta.endtoend.harness;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// One cluster for all tests of a class; a test that fails shows what the services said.
public final class Running
        implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {

    private final Supplier<TestCluster> start;
    private @Nullable TestCluster cluster;

    private Running(Supplier<TestCluster> start) {
        this.start = start;
    }

    public static Running cluster(Setup setup) {
        return new Running(() -> TestCluster.start(setup));
    }

    /// On a ground that is there by the time the tests of the class begin.
    public static Running cluster(Setup setup, Ground ground) {
        return new Running(() -> TestCluster.start(setup, ground));
    }

    public TestCluster cluster() {
        return Optional.ofNullable(cluster)
                .orElseThrow(() -> new IllegalStateException("no cluster runs"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = start.get();
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
