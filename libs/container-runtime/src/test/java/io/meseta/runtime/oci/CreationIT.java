package io.meseta.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.runtime.kit.Needs;
import io.meseta.runtime.plan.ContainerId;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What we say to a monitor, and wait for.
@Timeout(60)
final class CreationIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir private Path directory;

    /// There are only so many threads under the virtual ones.
    @Test
    void keepsNobodyFromRunningWhileMonitorsAreSilent() throws Exception {
        Needs.rootAnd("/usr/bin/setsid");
        int many = Runtime.getRuntime().availableProcessors() + 2;
        try (var host = MonitorHost.in(List.of())) {
            var waiting = new ArrayList<Thread>();
            for (int i = 0; i < many; i++) {
                var creation = Creation.begin(bundle("silent-" + i), PATIENCE, host);
                waiting.add(Thread.startVirtualThread(() -> create(creation)));
            }
            var isRunning = new AtomicBoolean();
            Thread.startVirtualThread(() -> isRunning.set(true));

            Await.shortly().until("another one runs", isRunning::get);
            Await.shortly()
                    .until("all wait", () -> waiting.stream().allMatch(CreationIT::isParked));

            waiting.forEach(Thread::interrupt);
            for (var each : waiting) each.join();
        }
    }

    /// A shell that is killed may have begun a monitor, and another one is told the same.
    @Test
    void hasOneMonitorHoweverManyAreBegun() throws Exception {
        Needs.rootAnd("/usr/bin/setsid");
        var bundle = bundle("twice");
        bundle.write(
                "order",
                """
                echo came >>orders
                exits= out=/dev/null err=/dev/null
                set -- sh -c 'read -r act <&4; echo "{\\"data\\": 42}" >&3'
                """);
        try (var host = MonitorHost.in(List.of());
                var creation = Creation.begin(bundle, PATIENCE, host)) {
            Await.shortly()
                    .until(
                            "one has come up",
                            () -> bundle.text("orders").equals(Optional.of("came")));

            var second =
                    new ProcessBuilder(
                                    "sh", "-c", Monitor.SCRIPT, "sh", bundle.directory().toString())
                            .start();
            second.waitFor();

            assertThat(creation.create()).isEqualTo(42);
            assertThat(bundle.text("orders")).hasValue("came");
        }
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING;
    }

    /// Of an order that is not there a monitor makes nothing, and says nothing.
    private Bundle bundle(String name) throws Exception {
        var bundle = new Bundle(directory, directory.resolve("roots"), new ContainerId(name));
        Files.createDirectories(bundle.directory());
        return bundle;
    }

    private static void create(Creation creation) {
        try (creation) {
            creation.create();
        } catch (InterruptedException | RuntimeFault _) {
            Thread.currentThread().interrupt();
        }
    }
}
