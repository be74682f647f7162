package io.meseta.agent.master;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits to hear that another master leads.
///
/// A master that stands still ends no connection, and its silence is told from idleness only after
/// a long while; but its successor is known to every other master at once. So one question is kept
/// open at one of those: who leads in an epoch above the one that this agent knows? Each epoch is
/// believed once; what a master claims there moves this agent, and never makes it refuse an order.
final class Vigil implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

    private static final int NO_CONTENT = 204;
    private static final int REDIRECT = 307;
    private static final int UNAVAILABLE = 503;

    /// Between two questions that were answered; the next answer comes at once if it missed one.
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// After news: a leader of these very moments has more urgent things to answer.
    private static final Duration NEWS_PAUSE = Duration.ofSeconds(4);

    private static final Duration PAUSE_MAX = Duration.ofSeconds(10);

    private final List<URI> masters;
    private final MasterHttp http;
    private final LongSupplier known;
    private final Supplier<@Nullable URI> linked;
    private final Consumer<Leader> onLeader;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private final Backoff trouble = new Backoff(PAUSE, PAUSE_MAX, random);
    private final Thread thread = Thread.ofVirtual().name("link-vigil").unstarted(this::run);
    private volatile boolean isClosed;
    private volatile boolean isAsking;
    private long told;
    private @Nullable Leader leads;

    /// Who leads, as some master says.
    ///
    /// @param place the root of its API
    record Leader(URI place, long epoch) {}

    /// @param masters with fewer than two there is nobody to ask
    /// @param known the highest epoch that this agent has heard of; 0 before the first
    /// @param linked who need not be asked
    /// @param onLeader told of each leader in a higher epoch; must not wait
    Vigil(
            List<URI> masters,
            MasterHttp http,
            LongSupplier known,
            Supplier<@Nullable URI> linked,
            Consumer<Leader> onLeader) {
        this.masters = List.copyOf(masters);
        this.http = http;
        this.known = known;
        this.linked = linked;
        this.onLeader = onLeader;
    }

    void start() {
        if (masters.size() > 1) thread.start();
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
    }

    /// Whether a question is open, and so a later leader will be heard of as soon as it leads.
    boolean isAsking() {
        return isAsking;
    }

    private void run() {
        // Agents that were started together do not all wait at the same master.
        int next = random.nextInt(masters.size());
        try {
            while (!isClosed) {
                var master = masters.get(next++ % masters.size());
                boolean isToBeAsked = known.getAsLong() > 0 && !isLinked(master);
                long before = told;
                boolean isAnswered = !isToBeAsked || isAnswered(master);
                if (isAnswered) trouble.reset();
                var pause = part(told > before ? NEWS_PAUSE : PAUSE);
                Thread.sleep(isAnswered ? pause : trouble.next());
            }
        } catch (InterruptedException _) {
            LOG.debug("Nobody is asked any more who leads.");
        }
    }

    /// Whoever stands still would keep the question. It is known by the place that the agent was
    /// sent to, or by its own word that it leads: it may have several names.
    private boolean isLinked(URI master) {
        var listener = linked.get();
        if (listener == null) return false;
        boolean hasSaidSo = leads != null && leads.equals(new Leader(master, known.getAsLong()));
        return hasSaidSo || listener.getAuthority().equals(master.getAuthority());
    }

    /// Between half and all of it.
    private Duration part(Duration pause) {
        long millis = pause.toMillis();
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2));
    }

    /// Whether the master could answer, with news or with none.
    private boolean isAnswered(URI master) throws InterruptedException {
        long above = Math.max(known.getAsLong(), told);
        isAsking = true;
        try {
            var response = http.whoLeads(master, above);
            var epoch = response.headers().firstValueAsLong(MasterHttp.EPOCH);
            return switch (response.statusCode()) {
                case NO_CONTENT -> {
                    leads = new Leader(master, epoch.orElse(0));
                    yield hear(leads, above);
                }
                case REDIRECT -> {
                    var place = MasterHttp.target(master, response);
                    yield place.isPresent()
                            && hear(new Leader(place.get(), epoch.orElse(0)), above);
                }
                case UNAVAILABLE -> true;
                default -> false;
            };
        } catch (IOException | NumberFormatException failure) {
            LOG.atDebug().addKeyValue("master", master).setCause(failure).log("It can't say");
            return false;
        } finally {
            isAsking = false;
        }
    }

    private boolean hear(Leader leader, long above) {
        if (leader.epoch() <= above) return true;
        told = leader.epoch();
        LOG.atInfo()
                .addKeyValue("master", leader.place())
                .addKeyValue("epoch", leader.epoch())
                .log("Another master leads.");
        onLeader.accept(leader);
        return true;
    }
}
