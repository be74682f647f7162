package io.meseta.master.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CourteousTest {

    @Test
    void comesAfterAllOthers() throws Exception {
        var stat = new AtomicReference<>("");
        Courteous.run("last", () -> stat.set(Files.readString(Path.of("/proc/thread-self/stat"))));

        assertThat(stat.get()).contains("(last)").containsPattern("\\) R( \\S+){15} 10 ");
    }

    @Test
    void failsLikeItsWork() {
        var failure = new IOException("gone");
        assertThatThrownBy(() -> Courteous.run("fails", () -> fail(failure))).isSameAs(failure);

        var mistake = new IllegalStateException("wrong");
        assertThatThrownBy(() -> Courteous.run("fails", () -> fail(mistake))).isSameAs(mistake);
    }

    private static <E extends Exception> void fail(E how) throws E {
        throw how;
    }

    /// Else it would go on with an exchange that is somebody else's by then.
    @Test
    void isWaitedForAlsoByWhoIsInterrupted() throws Exception {
        var hasBegun = new CountDownLatch(1);
        var hasEnded = new AtomicBoolean();
        var sawTheEnd = new AtomicBoolean();
        var caller =
                Thread.startVirtualThread(() -> {
                    try {
                        Courteous.run("slow", () -> waitLong(hasBegun, hasEnded));
                    } catch (IOException _) {
                        sawTheEnd.set(hasEnded.get() && Thread.currentThread().isInterrupted());
                    }
                });
        hasBegun.await();
        caller.interrupt();
        caller.join();

        assertThat(sawTheEnd).isTrue();
    }

    private static void waitLong(CountDownLatch hasBegun, AtomicBoolean hasEnded)
            throws IOException {
        hasBegun.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            hasEnded.set(true);
            throw new InterruptedIOException("stopping");
        }
    }
}
