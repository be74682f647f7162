package io.meseta.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Gets one file over HTTP. Redirects are followed, but never from https to http, and five at most.
final class Download {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(30);
    private static final int STATUS_OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(CONNECT_MAX)
                    .build();
    private final Duration stall;

    Download(Duration stall) {
        this.stall = stall;
    }

    void get(URI uri, OutputStream out, Budget budget) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(stall.compareTo(budget.timeLeft()) < 0 ? stall : budget.timeLeft())
                        .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != STATUS_OK) {
                throw new FetchFailure("unexpected HTTP response code: " + response.statusCode());
            }
            try (var watched = new Watched(body, stall)) {
                budget.copy(watched, out);
                if (watched.hasStalled()) throw stalled();
            } catch (IOException failure) {
                if (failure instanceof StalledStream) throw stalled();
                throw failure;
            }
        }
    }

    private FetchFailure stalled() {
        return new FetchFailure("nothing came for " + stall.toSeconds() + " s");
    }

    /// Nothing came for too long.
    private static final class StalledStream extends IOException {}

    /// A stream that is closed from outside when nothing comes, since a read of it can't be
    /// limited.
    private static final class Watched extends InputStream {
        private final InputStream in;
        private final AtomicLong lastByteAt = new AtomicLong(System.nanoTime());
        private final Thread watch;
        private volatile boolean isStalled;

        Watched(InputStream in, Duration stall) {
            this.in = in;
            watch = Thread.ofVirtual().name("fetch-watch").start(() -> watch(stall));
        }

        boolean hasStalled() {
            return isStalled;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                int count = in.read(bytes, offset, length);
                lastByteAt.set(System.nanoTime());
                if (isStalled) throw new StalledStream();
                return count;
            } catch (IOException failure) {
                if (isStalled) throw new StalledStream();
                throw failure;
            }
        }

        @Override
        public void close() {
            watch.interrupt();
        }

        private void watch(Duration stall) {
            try {
                while (true) {
                    long silence = System.nanoTime() - lastByteAt.get();
                    if (silence > stall.toNanos()) break;
                    Thread.sleep(Duration.ofNanos(stall.toNanos() - silence).plusMillis(1));
                }
                isStalled = true;
                in.close();
            } catch (InterruptedException | IOException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
