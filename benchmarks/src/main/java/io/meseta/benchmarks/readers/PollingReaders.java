package io.meseta.benchmarks.readers;

import io.meseta.mesos.v1.master.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// How long a placement takes while many read the whole state again and again.
///
/// A program of its own rather than JMH: what is measured is one system under several loads.
public final class PollingReaders {

    private static final int AGENTS = 1_000;
    private static final int TASKS_EACH = 20;
    private static final int READERS = 20;
    private static final int WARM_UP = 2_000;
    private static final int PLACEMENTS = 4_000;
    private static final double NANOS_PER_MILLI = 1e6;

    /// @param request what the readers poll with
    private record Load(String name, int readers, HttpRequest request) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final LongAdder answers = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    private PollingReaders() {}

    /// Prints a line for each load.
    ///
    /// @param arguments none
    public static void main(String[] arguments) throws Exception {
        new PollingReaders().run();
    }

    private void run() throws Exception {
        try (http;
                var master = new BenchmarkMaster(Ballast.of(AGENTS, TASKS_EACH));
                var placements = new Placements(http, master.port())) {
            for (int i = 0; i < WARM_UP; i++) placements.place();
            var state = get(master.port(), "/state");
            var protobuf = getState(master.port());
            var loads =
                    List.of(
                            new Load("nobody reads", 0, state),
                            new Load("GET_STATE in protobuf", READERS, protobuf),
                            new Load("/state", READERS, state),
                            new Load("nobody reads, again", 0, state));
            System.out.println("load, readers, p50 ms, p99 ms, max ms, answers/s, 503/s, MB/s");
            for (var load : loads) measure(load, placements);
        }
    }

    private static HttpRequest get(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    }

    private static HttpRequest getState(int port) {
        var call = Call.newBuilder().setType(Call.Type.GET_STATE).build();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1"))
                .header("Content-Type", "application/x-protobuf")
                .header("Accept", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.toByteArray()))
                .build();
    }

    private void measure(Load load, Placements placements) throws Exception {
        var isOver = new AtomicBoolean();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < load.readers(); i++) {
                var _ =
                        readers.submit(() -> {
                            poll(load.request(), isOver);
                            return isOver;
                        });
            }
            // The first placements meet readers that are all at their beginning.
            for (int i = 0; i < PLACEMENTS / 8; i++) placements.place();
            answers.reset();
            refusals.reset();
            bytes.reset();
            long start = System.nanoTime();
            var nanos = new long[PLACEMENTS];
            for (int i = 0; i < PLACEMENTS; i++) nanos[i] = placements.place();
            report(load, nanos, (System.nanoTime() - start) / 1e9);
            isOver.set(true);
        }
    }

    private void poll(HttpRequest request, AtomicBoolean isOver)
            throws IOException, InterruptedException {
        var buffer = new byte[64 * 1024];
        while (!isOver.get()) {
            var answer = http.send(request, BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                for (int read = body.read(buffer); read >= 0; read = body.read(buffer))
                    bytes.add(read);
            }
            if (answer.statusCode() == 200) {
                answers.increment();
            } else {
                refusals.increment();
                // As it is asked to: come back in a second, or a little sooner.
                Thread.sleep(500);
            }
        }
    }

    private void report(Load load, long[] nanos, double seconds) {
        Arrays.sort(nanos);
        System.out.printf(
                "%s, %d, %.2f, %.2f, %.2f, %.1f, %.1f, %.1f%n",
                load.name(),
                load.readers(),
                nanos[nanos.length / 2] / NANOS_PER_MILLI,
                nanos[nanos.length * 99 / 100] / NANOS_PER_MILLI,
                nanos[nanos.length - 1] / NANOS_PER_MILLI,
                answers.sum() / seconds,
                refusals.sum() / seconds,
                bytes.sum() / seconds / 1e6);
    }
}
