package io.meseta.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ContainerPlaceTest {

    private static final int ROUNDS = 200;
    private static final int AT_ONCE = 4;

    @TempDir private Path directory;

    /// A new agent's first containers come together.
    @Test
    void servesSeveralThatAreTheFirst() throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int round = 0; round < ROUNDS; round++) {
                var top = directory.resolve("round-" + round);
                var place =
                        new ContainerPlace(
                                top.resolve("disk"), top.resolve("memory"), top.resolve("pins"));
                var start = new CyclicBarrier(AT_ONCE);
                var all = new ArrayList<Callable<Path>>();
                for (int i = 0; i < AT_ONCE; i++)
                    all.add(() -> {
                        start.await();
                        place.pins(UUID.randomUUID()).close();
                        return place.secrets(UUID.randomUUID());
                    });

                for (var made : threads.invokeAll(all)) assertThat(made.get()).isDirectory();
            }
        }
    }
}
