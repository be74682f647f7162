package io.meseta.agent.master;

import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.machine.Standing;
import io.meseta.agent.engine.CommandDoor;
import io.meseta.agent.reports.ReportQueue;
import io.meseta.platform.credentials.OwnToken;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Heartbeat;
import io.meseta.wire.agent.Report;
import io.meseta.wire.agent.Reports;
import io.meseta.wire.agent.Welcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one conversation with the leading master going: says hello, listens, reports, and says
/// hello again when it breaks.
public final class MasterLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MasterLink.class);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int REDIRECT = 307;
    private static final int REDIRECTS_MAX = 5;
    private static final int REPORTS_AT_ONCE_MAX = 100;

    /// Half of what a master takes in one body.
    private static final int REPORT_BYTES_AT_ONCE_MAX = 4 << 20;

    private static final Duration CONDITION_POLL = Duration.ofMillis(200);

    /// The longest pause of an agent whose question is open at another master: it will hear of the
    /// next leader, and a thousand agents who look for it all the time keep it from its first work.
    private static final Duration CALM = Duration.ofSeconds(10);

    /// Who listens at the moment.
    public record Listener(URI master, String streamId, Welcome welcome) {}

    private final LinkSettings settings;
    private final MasterHttp http;
    private final CommandDoor door;
    private final Supplier<Machine> machine;
    private final Supplier<SelfDescription> description;
    private final ReportQueue reports;
    private final ExecutorLine executors;
    private final Backoff backoff;
    private final Backoff calm;
    private final Vigil vigil;
    private final AtomicReference<Vigil.@Nullable Leader> told = new AtomicReference<>();
    private final Semaphore wake = new Semaphore(0);
    private volatile @Nullable Listener listener;
    private volatile @Nullable InputStream stream;
    private volatile boolean isClosed;
    private @Nullable Thread thread;
    private int nextMaster;

    public MasterLink(
            LinkSettings settings,
            CommandDoor door,
            Supplier<Machine> machine,
            Supplier<SelfDescription> description,
            ReportQueue reports,
            OwnToken own,
            ExecutorLine executors) {
        this.settings = settings;
        this.door = door;
        this.machine = machine;
        this.description = description;
        this.reports = reports;
        this.executors = executors;
        this.http = new MasterHttp(own);
        var random = RandomGenerator.of("L64X128MixRandom");
        this.backoff = new Backoff(settings.backoffMin(), settings.backoffMax(), random);
        this.calm = new Backoff(CALM, CALM, random);
        this.vigil =
                new Vigil(
                        settings.masters(),
                        http,
                        () -> machine.get().orders().epoch(),
                        () -> listener().map(Listener::master).orElse(null),
                        this::comeOver);
    }

    public void start() {
        thread = Thread.ofVirtual().name("master-link").start(this::run);
        vigil.start();
    }

    /// Empty while no master listens.
    public Optional<Listener> listener() {
        return Optional.ofNullable(listener);
    }

    /// Ends the present conversation; another follows if it may.
    public void hangUp() {
        var current = stream;
        if (current != null) closeQuietly(current);
    }

    /// Leaves whoever is listened to, or tried, for the leader of a later epoch.
    private void comeOver(Vigil.Leader leader) {
        told.set(leader);
        if (isLinkedSince(leader.epoch())) return;
        hangUp();
        http.abandon();
        wake.release();
    }

    private boolean isLinkedSince(long epoch) {
        var now = listener;
        return now != null && now.welcome().getEpoch() >= epoch;
    }

    @Override
    public void close() {
        isClosed = true;
        vigil.close();
        hangUp();
        if (thread != null) thread.interrupt();
        http.close();
    }

    private void run() {
        try {
            while (!isClosed) {
                if (machine.get().standing() instanceof Standing.Exile(var reason)) {
                    LOG.atError()
                            .addKeyValue("reason", reason)
                            .log("This agent was told to stay away and joins no more.");
                    vigil.close();
                    return;
                }
                if (!machine.get().mayJoin()) {
                    Thread.sleep(CONDITION_POLL);
                    continue;
                }
                attempt();
                if (!isClosed) pause();
            }
        } catch (InterruptedException _) {
            LOG.debug("The link to the master ends.");
        }
    }

    /// Until the next attempt is due, or there is word of a leader.
    private void pause() throws InterruptedException {
        // A connection that broke by itself is mended at once; then it is the leader that is gone.
        boolean isCalm = backoff.hasBegun() && vigil.isAsking();
        var pause = isCalm ? calm.next() : backoff.next();
        if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) wake.drainPermits();
    }

    private void attempt() throws InterruptedException {
        var leader = told.getAndSet(null);
        if (leader != null) backoff.reset();
        var master =
                leader != null
                        ? leader.place()
                        : settings.masters().get(nextMaster++ % settings.masters().size());
        for (int i = 0; i < REDIRECTS_MAX; i++) {
            try {
                var target = converse(master);
                if (target.isEmpty()) return;
                master = target.get();
            } catch (IOException | BrokenConversation failure) {
                if (isClosed) return;
                LOG.atWarn()
                        .addKeyValue("master", master)
                        // Some have no message, a refused connection among them: then the kind
                        // tells.
                        .addKeyValue("cause", failure.toString())
                        .log("The conversation with a master failed.");
                return;
            }
        }
        LOG.atWarn().addKeyValue("master", master).log("Masters only pass this agent on.");
    }

    /// Where to go instead, if the master says so.
    private Optional<URI> converse(URI master)
            throws IOException, BrokenConversation, InterruptedException {
        var hello = AgentCall.newBuilder().setHello(description.get().hello(machine.get())).build();
        var response = http.open(master, hello);
        try (var body = response.body()) {
            if (response.statusCode() == REDIRECT) {
                return Optional.of(
                        MasterHttp.target(master, response)
                                .orElseThrow(() ->
                                        new BrokenConversation(
                                                "the master's redirect leads nowhere")));
            }
            var streamId = response.headers().firstValue(MasterHttp.STREAM_ID);
            if (response.statusCode() != OK || streamId.isEmpty()) {
                throw new BrokenConversation(
                        "the master answered %d %s"
                                .formatted(response.statusCode(), MasterHttp.reason(response)));
            }
            listen(master, streamId.get(), body);
            return Optional.empty();
        }
    }

    private void listen(URI master, String streamId, InputStream body)
            throws BrokenConversation, InterruptedException {
        stream = body;
        var conversation =
                new Conversation(
                        door,
                        executors.terms(),
                        welcome -> welcomed(new Listener(master, streamId, welcome)),
                        executors.onMessage());
        try {
            var end = conversation.listen(body);
            LOG.atInfo().addKeyValue("master", master).log("The stream has ended: {}.", end);
        } finally {
            listener = null;
            stream = null;
        }
    }

    private void welcomed(Listener now) {
        backoff.reset();
        listener = now;
        // Word of a later one may have come while this one was answering.
        var later = told.get();
        if (later != null && later.epoch() > now.welcome().getEpoch()) hangUp();
        LOG.atInfo()
                .addKeyValue("master", now.master())
                .addKeyValue("agent", now.welcome().getAgentId().getValue())
                .addKeyValue("epoch", now.welcome().getEpoch())
                .log("A master listens.");
        Thread.ofVirtual().name("link-reports").start(() -> report(now));
        Thread.ofVirtual().name("link-heartbeats").start(() -> beat(now));
    }

    /// In order, and one request at a time, so that a later report never passes an earlier one.
    private void report(Listener to) {
        var pause =
                new Backoff(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        RandomGenerator.getDefault());
        int most = REPORTS_AT_ONCE_MAX;
        try {
            while (isStill(to)) {
                reports.awaitSome(CONDITION_POLL);
                // Another master may listen by now; this one would not take it.
                if (!isStill(to)) return;
                var batch = reports.first(most, REPORT_BYTES_AT_ONCE_MAX);
                if (batch.isEmpty()) continue;
                var hearing = say(to, reports(batch));
                if (hearing == Hearing.REFUSED && batch.size() > 1) {
                    // One of them is to blame, and the others shall not wait for it.
                    most = batch.size() / 2;
                } else if (hearing == Hearing.NONE) {
                    Thread.sleep(pause.next());
                } else {
                    if (hearing == Hearing.REFUSED) refused(batch.getFirst());
                    reports.drop(batch);
                    pause.reset();
                    most = REPORTS_AT_ONCE_MAX;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static AgentCall reports(List<Report> batch) {
        return AgentCall.newBuilder().setReports(Reports.newBuilder().addAllReports(batch)).build();
    }

    /// An update comes again as long as nobody has acknowledged it, with pauses that grow.
    private static void refused(Report report) {
        LOG.atError()
                .addKeyValue("report", report.getNumber())
                .addKeyValue("kind", report.getReportCase())
                .log("The master refuses this report, and will not be told now.");
    }

    private void beat(Listener to) {
        var call = AgentCall.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();
        try {
            while (isStill(to)) {
                Thread.sleep(Duration.ofMillis(to.welcome().getHeartbeatIntervalMs()));
                if (isStill(to) && say(to, call) == Hearing.REFUSED) hangUp();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// What became of something that was said.
    private enum Hearing {
        TAKEN,
        /// The master understands the conversation, and not what was said.
        REFUSED,
        NONE
    }

    /// A master that says that this conversation is over is believed at once; one that can't answer
    /// may still be there.
    private Hearing say(Listener to, AgentCall call) throws InterruptedException {
        try {
            int status = http.say(to.master(), to.streamId(), call);
            if (status == ACCEPTED) return Hearing.TAKEN;
            LOG.atWarn()
                    .addKeyValue("master", to.master())
                    .addKeyValue("status", status)
                    .log("The master did not take what this agent said.");
            if (status == BAD_REQUEST || status == TOO_LARGE) return Hearing.REFUSED;
            if (status >= 300 && status < 500 && isStill(to)) hangUp();
        } catch (IOException failure) {
            LOG.atDebug().setCause(failure).log("The master could not be told.");
        }
        return Hearing.NONE;
    }

    private boolean isStill(Listener one) {
        return !isClosed && one.equals(listener);
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException _) {
            // It is closed all the same.
        }
    }
}
