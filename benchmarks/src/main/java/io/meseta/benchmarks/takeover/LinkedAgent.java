package io.meseta.benchmarks.takeover;

import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.MasterMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One agent's link, without the agent: says hello, listens, and looks for the leader again when
/// the link ends, with the pauses of the real one.
final class LinkedAgent {

    private static final String ROUTE = "/api/meseta/v1/agent-link";
    private static final int REDIRECT = 307;
    private static final int RECORD_BYTES_MAX = 1024 * 1024;
    private static final int REDIRECTS_MAX = 3;
    private static final long PAUSE_MIN_MS = 200;
    private static final long PAUSE_MAX_MS = 500;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final HttpClient http;
    private final List<URI> masters;
    private final AtomicInteger linked;
    private final Hello.Builder hello;
    private volatile boolean isClosed;
    private volatile boolean isLinked;
    private int next;

    /// @param linked counts those that are welcome
    LinkedAgent(int number, HttpClient http, List<URI> masters, AtomicInteger linked) {
        this.http = http;
        this.masters = List.copyOf(masters);
        this.linked = linked;
        this.next = number;
        var info =
                AgentInfo.newBuilder()
                        .setHostname("agent-" + number)
                        .setPort(5051)
                        .addResources(scalar("cpus", 4))
                        .addResources(scalar("mem", 4096));
        this.hello = Hello.newBuilder().setAgentInfo(info).setVersion("1.12.0").setBootId("b");
    }

    void start() {
        var _ = Thread.ofVirtual().start(this::run);
    }

    void close() {
        isClosed = true;
    }

    private void run() {
        long pause = PAUSE_MIN_MS;
        try {
            while (!isClosed) {
                if (converse()) pause = PAUSE_MIN_MS;
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause));
                pause = Math.min(2 * pause, PAUSE_MAX_MS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether there was a link.
    private boolean converse() throws InterruptedException {
        var master = masters.get(next++ % masters.size());
        var call = AgentCall.newBuilder().setHello(hello).build();
        try {
            for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
                var request =
                        HttpRequest.newBuilder(master.resolve(ROUTE))
                                .timeout(ANSWER_MAX)
                                .header("Content-Type", "application/x-protobuf")
                                .POST(BodyPublishers.ofByteArray(call.toByteArray()))
                                .build();
                var answer = http.send(request, BodyHandlers.ofInputStream());
                try (var body = answer.body()) {
                    if (answer.statusCode() == 200) {
                        listen(body);
                        return true;
                    }
                    if (answer.statusCode() != REDIRECT) return false;
                    master = target(master, answer);
                }
            }
        } catch (IOException _) {
            // The master is gone: another is tried next.
        } finally {
            if (isLinked) linked.decrementAndGet();
            isLinked = false;
        }
        return false;
    }

    private static URI target(URI master, HttpResponse<?> answer) {
        return master.resolve(answer.headers().firstValue("Location").orElse("/"));
    }

    private void listen(InputStream body) throws IOException {
        var records = new RecordReader(body, RECORD_BYTES_MAX);
        for (var record = records.next(); record.isPresent(); record = records.next()) {
            var message = MasterMessage.parseFrom(record.get());
            if (message.hasWelcome()) welcome(message.getWelcome().getAgentId());
            if (message.hasGoodbye()) return;
        }
    }

    private void welcome(AgentID id) {
        hello.setAgentId(id);
        if (isLinked) return;
        isLinked = true;
        linked.incrementAndGet();
    }


    private static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }
}
