package io.meseta.benchmarks.takeover;

import io.meseta.client.ClientFault;
import io.meseta.client.Endpoint;
import io.meseta.client.Master;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.scheduler.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A framework that takes nothing and notes when it is offered something. It stays with its
/// subscription until that ends, and subscribes again at whichever master answers.
final class OfferWatch implements AutoCloseable {

    private static final Duration CALL_MAX = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final double FAILOVER_S = 3_600;

    private final Master masters;
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);

    /// Each agent of which something was offered, with the wall clock's time of the first.
    private final Map<String, Long> agents = new ConcurrentHashMap<>();

    private volatile FrameworkInfo info =
            FrameworkInfo.newBuilder()
                    .setUser("root")
                    .setName("watch")
                    .setFailoverTimeout(FAILOVER_S)
                    .build();
    private volatile boolean isClosed;
    private volatile long firstOfferAtMillis;
    private volatile long subscribedAtMillis;

    OfferWatch(List<Endpoint> masters) {
        this.masters = new Master(masters, CALL_MAX);
    }

    void start() {
        thread.start();
    }

    /// The wall clock's time of the first offer of the present subscription; 0 before it.
    long firstOfferAtMillis() {
        return firstOfferAtMillis;
    }

    long subscribedAtMillis() {
        return subscribedAtMillis;
    }

    /// On how many agents something was offered in the present subscription.
    int agentsOffered() {
        return agents.size();
    }

    /// When so many agents had been offered in the present subscription, by the wall clock.
    long offeredAtMillis(int count) {
        return agents.values().stream().sorted().skip(count - 1L).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        masters.close();
    }

    private void run() {
        while (!isClosed) {
            try (var subscription = masters.subscribe(info)) {
                while (!isClosed) subscription.next(TICK).ifPresent(this::hear);
            } catch (ClientFault _) {
                // Its master is gone: another leads soon.
                pause();
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(TICK.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(Event event) {
        if (event.getType() == Event.Type.SUBSCRIBED) {
            info = info.toBuilder().setId(event.getSubscribed().getFrameworkId()).build();
            agents.clear();
            firstOfferAtMillis = 0;
            subscribedAtMillis = System.currentTimeMillis();
        }
        if (event.getType() != Event.Type.OFFERS) return;
        if (firstOfferAtMillis == 0) firstOfferAtMillis = System.currentTimeMillis();
        for (Offer offer : event.getOffers().getOffersList())
            agents.putIfAbsent(offer.getAgentId().getValue(), System.currentTimeMillis());
    }
}
