package io.meseta.isolation.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

final class NicenessTest {

    /// Of the fields after the name in `/proc/PID/stat`.
    private static final int NICE_AT = 16;

    @Test
    void isOfTheOneThreadThatGivesWay() throws Exception {
        int before = niceness();
        int there =
                inAThread(() -> {
                    assertThat(Niceness.giveWay()).isTrue();
                    return niceness();
                });

        assertThat(there).isEqualTo(10);
        assertThat(niceness()).isEqualTo(before);
        assertThat(inAThread(NicenessTest::niceness)).isEqualTo(before);
    }

    @Test
    void isNoMatterOfVirtualThreads() throws Exception {
        var task = new FutureTask<>(Niceness::giveWay);
        Thread.startVirtualThread(task);

        assertThatThrownBy(task::get).hasCauseInstanceOf(IllegalStateException.class);
    }

    private static <T> T inAThread(Callable<T> what) throws Exception {
        var task = new FutureTask<>(what);
        Thread.ofPlatform().start(task);
        return task.get();
    }

    private static int niceness() throws Exception {
        var line = Files.readString(Path.of("/proc/thread-self/stat"));
        var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return Integer.parseInt(fields[NICE_AT]);
    }
}
