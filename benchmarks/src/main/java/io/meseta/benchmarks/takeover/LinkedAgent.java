package io.meseta.benchmarks.takeover;

import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.MasterMessage;
import io.meseta.wire.agent.Welcome;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One agent's link, without the agent: says hello, listens, and looks for the leader again when
/// the link ends, with the pauses of the real one; and like that one it keeps a question open at
/// another master, so that it hears of the next leader.
final class LinkedAgent {

    private static final String ROUTE = "/api/meseta/v1/agent-link";
    private static final String EPOCH = "Meseta-Epoch";
    private static final int REDIRECT = 307;
    private static final int NO_CONTENT = 204;
    private static final int RECORD_BYTES_MAX = 1024 * 1024;
    private static final int REDIRECTS_MAX = 3;
    private static final long PAUSE_MIN_MS = 200;
    private static final long PAUSE_MAX_MS = 10_000;
    private static final long CALM_MS = 10_000;
    private static final long VIGIL_PAUSE_MS = 500;
    private static final long NEWS_PAUSE_MS = 4_000;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final HttpClient http;
    private final List<URI> masters;
    private final Hello.Builder hello;
    private final AtomicReference<@Nullable Leader> told = new AtomicReference<>();
    private final Semaphore wake = new Semaphore(0);
    private volatile @Nullable InputStream stream;
    private volatile @Nullable URI listener;
    private volatile boolean isClosed;
    private volatile boolean isAsking;
    private volatile long linkedIn;
    private volatile long known;
    private int next;

    private record Leader(URI place, long epoch) {}

    LinkedAgent(int number, HttpClient http, List<URI> masters) {
        this.http = http;
        this.masters = List.copyOf(masters);
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
        var _ = Thread.ofVirtual().start(this::watch);
    }

    void close() {
        isClosed = true;
    }

    /// The epoch of the master that listens; 0 while none does.
    long linkedIn() {
        return linkedIn;
    }

    private void run() {
        long pause = PAUSE_MIN_MS;
        try {
            while (!isClosed) {
                boolean isTold = told.get() != null;
                if (converse() || isTold) pause = PAUSE_MIN_MS;
                boolean isCalm = pause > PAUSE_MIN_MS && isAsking;
                long due = isCalm ? CALM_MS : pause;
                long millis = ThreadLocalRandom.current().nextLong(due / 2, due);
                if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) wake.drainPermits();
                pause = Math.min(2 * pause, PAUSE_MAX_MS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        int asked = next;
        try {
            while (!isClosed) {
                var master = masters.get(asked++ % masters.size());
                long before = known;
                if (before > 0 && !isListener(master)) ask(master);
                long pause = known > before ? NEWS_PAUSE_MS : VIGIL_PAUSE_MS;
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isListener(URI master) {
        var now = listener;
        return now != null && now.getAuthority().equals(master.getAuthority());
    }

    private void ask(URI master) throws InterruptedException {
        long above = known;
        isAsking = true;
        try {
            var request =
                    HttpRequest.newBuilder(master.resolve(ROUTE + "/leader"))
                            .timeout(ANSWER_MAX)
                            .header(EPOCH, Long.toString(above))
                            .build();
            var answer = http.send(request, BodyHandlers.discarding());
            long epoch = answer.headers().firstValueAsLong(EPOCH).orElse(0);
            if (epoch <= above) return;
            if (answer.statusCode() == NO_CONTENT) comeOver(new Leader(master, epoch));
            if (answer.statusCode() == REDIRECT)
                comeOver(new Leader(target(master, answer), epoch));
        } catch (IOException _) {
            // Another is asked next.
        } finally {
            isAsking = false;
        }
    }

    private void comeOver(Leader leader) throws IOException {
        known = leader.epoch();
        if (linkedIn >= leader.epoch()) return;
        told.set(leader);
        var old = stream;
        if (old != null) old.close();
        wake.release();
    }

    /// Whether there was a link.
    private boolean converse() throws InterruptedException {
        var leader = told.getAndSet(null);
        var master = leader != null ? leader.place() : masters.get(next++ % masters.size());
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
                        listen(master, body);
                        return true;
                    }
                    if (answer.statusCode() != REDIRECT) return false;
                    master = target(master, answer);
                }
            }
        } catch (IOException _) {
            // The master is gone: another is tried next.
        } finally {
            linkedIn = 0;
            listener = null;
            stream = null;
        }
        return false;
    }

    private static URI target(URI master, HttpResponse<?> answer) {
        return master.resolve(answer.headers().firstValue("Location").orElse("/")).resolve("/");
    }

    private void listen(URI master, InputStream body) throws IOException {
        stream = body;
        var records = new RecordReader(body, RECORD_BYTES_MAX);
        for (var record = records.next(); record.isPresent(); record = records.next()) {
            var message = MasterMessage.parseFrom(record.get());
            if (message.hasWelcome()) welcome(master, message.getWelcome());
            if (message.hasGoodbye()) return;
        }
    }

    private void welcome(URI master, Welcome welcome) {
        hello.setAgentId(welcome.getAgentId()).setEpochSeen(welcome.getEpoch());
        listener = master;
        known = Math.max(known, welcome.getEpoch());
        linkedIn = welcome.getEpoch();
    }

    private static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }
}
