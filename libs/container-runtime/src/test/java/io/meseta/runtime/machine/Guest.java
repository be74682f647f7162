package io.meseta.runtime.machine;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// What runs in the guest: test classes, of which each case is told in a line as it ends. Exits
/// with 1 where any has failed.
public final class Guest implements TestExecutionListener {

    private static final int REASON_MAX = 2000;

    private final AtomicInteger failures = new AtomicInteger();

    private Guest() {}

    public static void main(String... classes) {
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(Arrays.stream(classes).map(name -> selectClass(name)).toList())
                        .build();
        var guest = new Guest();
        LauncherFactory.create().execute(request, guest);
        System.exit(guest.failures.get() == 0 ? 0 : 1);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (test.isTest()) tell(test, GuestCase.Outcome.SKIPPED, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        var reason = result.getThrowable().map(Guest::told).orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) tell(test, GuestCase.Outcome.PASSED, "");
            }
            case ABORTED -> tell(test, GuestCase.Outcome.SKIPPED, reason);
            case FAILED -> {
                failures.incrementAndGet();
                tell(test, GuestCase.Outcome.FAILED, reason);
            }
        }
    }

    private static String told(Throwable failure) {
        var cause = failure.getCause();
        return cause == null ? failure.toString() : failure + "; because of " + cause;
    }

    private static void tell(TestIdentifier test, GuestCase.Outcome outcome, String reason) {
        var name =
                test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(source -> (MethodSource) source)
                        .map(method ->
                                method.getClassName().replaceFirst(".*\\.", "")
                                        + "."
                                        + test.getDisplayName())
                        .orElse(test.getDisplayName());
        var plain = reason.replaceAll("\\p{Cntrl}+", " ");
        System.out.println(
                new GuestCase(
                                name,
                                outcome,
                                plain.substring(0, Math.min(REASON_MAX, plain.length())))
                        .line());
    }
}
