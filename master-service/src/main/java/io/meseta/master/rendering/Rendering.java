package io.meseta.master.rendering;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// One document in the making, of one state, with those who read it.
///
/// Its readers are counted by the [Renderer], under the renderer's lock.
final class Rendering<S> {

    private static final long START_WAIT_SECONDS_MAX = 60;

    private final Wanted<S> wanted;
    private final Spool spool;
    private final CompletableFuture<S> state = new CompletableFuture<>();
    private int readers;

    Rendering(Wanted<S> wanted, Spool spool) {
        this.wanted = wanted;
        this.spool = spool;
    }

    /// What is to be rendered.
    ///
    /// @param key whoever wants an equal one is shown the same
    /// @param state taken when the rendering starts; two are the same state only if they are the
    ///   same object
    record Wanted<S>(Object key, Supplier<S> state, Renderer.Printer<S> printer) {}

    Object key() {
        return wanted.key();
    }

    Spool spool() {
        return spool;
    }

    /// Prints it all, on the renderer's thread.
    void print(Runnable afterChunk) {
        // A rendering that nobody reads any more costs nothing but this look.
        if (spool.isDropped()) return;
        try {
            var now = wanted.state().get();
            state.complete(now);
            var sink = spool.sink(afterChunk);
            wanted.printer().print(now, unclosed(sink));
            sink.close();
        } catch (IOException | RuntimeException | Error why) {
            state.completeExceptionally(why);
            spool.fail(why);
        }
    }

    /// A printer may close what it wraps around this; only a whole document is complete.
    private static OutputStream unclosed(OutputStream sink) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                sink.write(one);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                sink.write(bytes, offset, length);
            }
        };
    }

    /// Whether someone who comes now may read this one: it has not begun, or nothing has changed
    /// since it did.
    @SuppressWarnings("ReferenceEquality") // a state is its own version
    boolean isFresh(Supplier<S> current) {
        if (!state.isDone()) return true;
        return started().filter(then -> then == current.get()).isPresent();
    }

    private Optional<S> started() {
        return state.isCompletedExceptionally() ? Optional.empty() : Optional.of(state.join());
    }

    S awaitState() throws IOException, InterruptedException {
        try {
            return state.get(START_WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IOException("the rendering has failed", failed.getCause());
        } catch (TimeoutException late) {
            throw new IOException("too much is to be rendered before", late);
        }
    }

    void join() {
        readers++;
    }

    /// True for the last.
    boolean leave() {
        readers--;
        return readers == 0;
    }
}
