package io.meseta.benchmarks.placements;

import io.meseta.mesos.v1.master.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Clients that read the whole state again and again: half of them `/state`, half GET_STATE in
/// protobuf. One that is told to come back later does.
final class Readers implements AutoCloseable {

    private static final int OK = 200;
    private static final long BACK_MS = 1_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LongAdder answers = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final long begun = System.nanoTime();
    private volatile boolean isOver;

    Readers(URI master, int count) {
        var state = HttpRequest.newBuilder(master.resolve("/state")).build();
        var call = Call.newBuilder().setType(Call.Type.GET_STATE).build();
        var protobuf =
                HttpRequest.newBuilder(master.resolve("/api/v1"))
                        .header("Content-Type", "application/x-protobuf")
                        .header("Accept", "application/x-protobuf")
                        .POST(BodyPublishers.ofByteArray(call.toByteArray()))
                        .build();
        for (int i = 0; i < count; i++) {
            var request = i % 2 == 0 ? state : protobuf;
            Thread.ofVirtual().start(() -> poll(request));
        }
    }

    private void poll(HttpRequest request) {
        var buffer = new byte[64 * 1024];
        try {
            while (!isOver) {
                var answer = http.send(request, BodyHandlers.ofInputStream());
                try (var body = answer.body()) {
                    for (int read = body.read(buffer); read >= 0; read = body.read(buffer))
                        bytes.add(read);
                }
                if (answer.statusCode() == OK) {
                    answers.increment();
                } else {
                    refusals.increment();
                    TimeUnit.MILLISECONDS.sleep(BACK_MS);
                }
            }
        } catch (IOException broken) {
            if (!isOver) System.err.println("a reader: " + broken);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isOver = true;
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "readers: %.1f answers/s, %.1f MB/s, %.1f/s were told to come back%n",
                answers.sum() / seconds, bytes.sum() / seconds / 1e6, refusals.sum() / seconds);
        http.shutdownNow();
    }
}
