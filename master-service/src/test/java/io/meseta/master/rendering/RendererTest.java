package io.meseta.master.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

final class RendererTest {

    private static final int CHUNK = Spool.CHUNK_BYTES;

    private final AtomicReference<String> state = new AtomicReference<>("first");
    private final AtomicInteger prints = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private Renderer renderer = renderer(2 * CHUNK, 64);

    private static Renderer renderer(int memoryMax, int waitingMax) {
        return new Renderer(
                new RenderingProperties(
                        DataSize.ofBytes(memoryMax), DataSize.ofMegabytes(64), waitingMax),
                () -> false);
    }

    @AfterEach
    void stop() throws InterruptedException {
        gate.countDown();
        renderer.stop();
    }

    @Test
    void rendersOnceForAllWhoWaitForTheSame() throws Exception {
        // The renderer is kept busy, so that the others have to wait.
        try (var first = read("busy", this::gated)) {
            Await.shortly().until("it is at work", () -> prints.get() == 1);
            var waiting = new ArrayList<Reading<String>>();
            for (int i = 0; i < 20; i++) waiting.add(read("shared", this::print));
            gate.countDown();

            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                var texts = new ArrayList<Future<String>>();
                for (var each : waiting) texts.add(pool.submit(() -> text(each)));
                for (var each : texts)
                    assertThat(each.get(10, TimeUnit.SECONDS)).isEqualTo("shared: first");
            }
            assertThat(text(first)).isEqualTo("busy: first");
            assertThat(prints).hasValue(2);
        }
    }

    @Test
    void rendersAnewOnlyWhatHasChanged() throws Exception {
        try (var first = read("a", this::print)) {
            assertThat(text(first)).isEqualTo("a: first");
            try (var same = read("a", this::print)) {
                assertThat(text(same)).isEqualTo("a: first");
            }
            assertThat(prints).hasValue(1);
            state.set("second");
            try (var next = read("a", this::print)) {
                assertThat(text(next)).isEqualTo("a: second");
            }
            assertThat(prints).hasValue(2);
        }
    }

    @Test
    void keepsLittleInMemoryAndLosesNothing() throws Exception {
        int size = 5 * 1024 * 1024 + 17;
        try (var slow = read("large", (_, out) -> fill(out, size));
                var fast = read("large", (_, out) -> fill(out, size))) {
            check(fast.rest().readAllBytes(), size);
            assertThat(fast.size()).isEqualTo(size);
            check(transferred(slow.rest()), size);
        }
    }

    @Test
    void givesUpWhatNobodyReadsAnyMore() throws Exception {
        var first = read("endless", RendererTest::writeForEver);
        assertThat(first.read(new byte[CHUNK])).isPositive();
        first.close();

        try (var next = read("a", this::print)) {
            assertThat(text(next)).isEqualTo("a: first");
        }
    }

    @Test
    void tellsReadersThatItHasFailed() throws Exception {
        try (var reading =
                read(
                        "broken",
                        (_, out) -> {
                            out.write(1);
                            throw new IllegalStateException("broken");
                        })) {
            reading.state();
            assertThatThrownBy(() -> text(reading)).isInstanceOf(IOException.class);
        }
        try (var next = read("a", this::print)) {
            assertThat(text(next)).isEqualTo("a: first");
        }
    }

    @Test
    void refusesMoreThanItCanHoldInMind() throws Exception {
        renderer.stop();
        renderer = renderer(CHUNK, 2);
        try (var busy = read("busy", this::gated)) {
            Await.shortly().until("it is at work", () -> prints.get() == 1);
            var one = read("1", this::print);
            var two = read("2", this::print);

            assertThat(renderer.read("3", state::get, (_, _) -> {})).isEmpty();

            one.close();
            try (var three = read("3", this::print)) {
                gate.countDown();
                assertThat(text(three)).isEqualTo("3: first");
            }
            two.close();
            assertThat(text(busy)).isEqualTo("busy: first");
        }
    }

    private interface Text {
        void print(String text, OutputStream out) throws IOException;
    }

    private Reading<String> read(String key, Text text) {
        return renderer.<String>read(
                        key, state::get, (now, out) -> text.print(key + ": " + now, out))
                .orElseThrow();
    }

    private void print(String text, OutputStream out) throws IOException {
        prints.incrementAndGet();
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void gated(String text, OutputStream out) throws IOException {
        print(text, out);
        try {
            if (!gate.await(10, TimeUnit.SECONDS)) throw new IOException("nobody opened");
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private static String text(Reading<String> reading) throws IOException {
        return new String(reading.rest().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void fill(OutputStream out, int size) throws IOException {
        for (int i = 0; i < size; i++) out.write(i % 251);
    }

    private static byte[] transferred(InputStream in) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(in.read());
        long rest = in.transferTo(out);
        assertThat(rest).isEqualTo(out.size() - 1L);
        return out.toByteArray();
    }

    private static void check(byte[] bytes, int size) {
        assertThat(bytes).hasSize(size);
        for (int i = 0; i < size; i++)
            if (bytes[i] != (byte) (i % 251)) throw new AssertionError("byte " + i + " differs");
    }

    private static void writeForEver(String text, OutputStream out) throws IOException {
        for (var some : List.of(text.getBytes(StandardCharsets.UTF_8)))
            for (int i = 0; i < Integer.MAX_VALUE; i++) out.write(some);
    }
}
