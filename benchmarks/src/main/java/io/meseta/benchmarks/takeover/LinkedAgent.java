package io.meseta.benchmarks.takeover;

import io.meseta.benchmarks.placements.Line;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.MasterMessage;
import io.meseta.wire.agent.Welcome;
import java.io.IOException;
import java.net.URI;
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
    private static final int ANSWER_MAX_MS = 30_000;
    private static final int OK = 200;
    private static final String TYPE = "Content-Type: application/x-protobuf\r\n";
    private static final String EPOCH_IN_ANSWER = "meseta-epoch";

    private final List<URI> masters;
    private final Hello.Builder hello;
    private final Semaphore questions;
    private final AtomicReference<@Nullable Leader> told = new AtomicReference<>();
    private final Semaphore wake = new Semaphore(0);
    private volatile @Nullable Line stream;
    private volatile @Nullable URI listener;
    private volatile boolean isClosed;
    private volatile boolean isAsking;
    private volatile long linkedIn;
    private volatile long known;
    private int next;

    private record Leader(URI place, long epoch) {}

    /// @param hello what it says first; it learns its id
    /// @param questions of how many agents one may be open at once: each has a descriptor
    LinkedAgent(Hello hello, List<URI> masters, Semaphore questions) {
        this.masters = List.copyOf(masters);
        this.next = ThreadLocalRandom.current().nextInt(masters.size());
        this.hello = hello.toBuilder();
        this.questions = questions;
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

    private void ask(URI master) {
        long above = known;
        if (!questions.tryAcquire()) return;
        isAsking = true;
        try (var line = new Line(master)) {
            line.limit(ANSWER_MAX_MS);
            line.send(Line.get(ROUTE + "/leader", master, EPOCH + ": " + above + "\r\n"));
            var head = line.head();
            long epoch = Long.parseLong(head.headers().getOrDefault(EPOCH_IN_ANSWER, "0"));
            if (epoch <= above) return;
            if (head.status() == NO_CONTENT) comeOver(new Leader(master, epoch));
            if (head.status() == REDIRECT) comeOver(new Leader(target(master, head), epoch));
        } catch (IOException _) {
            // Another is asked next.
        } finally {
            isAsking = false;
            questions.release();
        }
    }

    private void comeOver(Leader leader) {
        known = leader.epoch();
        if (linkedIn >= leader.epoch()) return;
        told.set(leader);
        var old = stream;
        if (old != null) old.close();
        wake.release();
    }

    /// Whether there was a link.
    private boolean converse() {
        var leader = told.getAndSet(null);
        var master = leader != null ? leader.place() : masters.get(next++ % masters.size());
        var call = AgentCall.newBuilder().setHello(hello).build();
        try {
            for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
                try (var line = new Line(master)) {
                    line.limit(ANSWER_MAX_MS);
                    line.send(Line.post(ROUTE, master, TYPE, call.toByteArray()));
                    var head = line.head();
                    if (head.status() == OK) {
                        line.limit(0);
                        listen(master, line);
                        return true;
                    }
                    if (head.status() != REDIRECT) return false;
                    master = target(master, head);
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

    private static URI target(URI master, Line.Head head) {
        return master.resolve(head.headers().getOrDefault("location", "/")).resolve("/");
    }

    private void listen(URI master, Line line) throws IOException {
        stream = line;
        var records = new RecordReader(line.chunks(), RECORD_BYTES_MAX);
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
}
