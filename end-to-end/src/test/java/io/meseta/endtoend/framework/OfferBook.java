package io.meseta.endtoend.framework;

import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.Filters;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.OfferID;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.scheduler.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// The offers that a framework holds, and what it does with them. For one thread.
final class OfferBook {

    private static final Duration REVIVE_INTERVAL = Duration.ofMillis(500);
    private static final double REFUSE_S = 3600;
    private static final double REFUSE_REST_S = 0;

    private final Map<OfferID, Offer> offers = new LinkedHashMap<>();
    private long revivedAt = System.nanoTime() - REVIVE_INTERVAL.toNanos();

    /// One ACCEPT and the tasks that it launches.
    record Accept(Call.Builder call, AgentID agent, List<TaskWish> wishes) {}

    void clear() {
        offers.clear();
    }

    void add(Offer offer) {
        offers.put(offer.getId(), offer);
    }

    void remove(OfferID offer) {
        offers.remove(offer);
    }

    /// Takes from `wishes` what fits the offers.
    List<Accept> match(Queue<TaskWish> wishes) {
        var accepts = new ArrayList<Accept>();
        for (var offer : List.copyOf(offers.values())) {
            var fitting = fitting(offer, wishes);
            if (fitting.isEmpty()) continue;
            offers.remove(offer.getId());
            accepts.add(new Accept(accept(offer, fitting), offer.getAgentId(), fitting));
        }
        return accepts;
    }

    private static List<TaskWish> fitting(Offer offer, Queue<TaskWish> wishes) {
        var fitting = new ArrayList<TaskWish>();
        double cpus = amount(offer, "cpus");
        double mem = amount(offer, "mem");
        while (!wishes.isEmpty()) {
            var next = wishes.element();
            if (next.cpus() > cpus || next.mem() > mem || !next.hasPortsIn(offer)) break;
            cpus -= next.cpus();
            mem -= next.mem();
            fitting.add(wishes.remove());
        }
        return fitting;
    }

    private static double amount(Offer offer, String name) {
        return offer.getResourcesList().stream()
                .filter(resource -> resource.getName().equals(name))
                .map(Resource::getScalar)
                .mapToDouble(scalar -> scalar.getValue())
                .sum();
    }

    private static Call.Builder accept(Offer offer, List<TaskWish> wishes) {
        var call = Call.newBuilder().setType(Call.Type.ACCEPT);
        var launch = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH);
        wishes.forEach(wish -> launch.getLaunchBuilder().addTaskInfos(wish.on(offer)));
        call.getAcceptBuilder()
                .addOfferIds(offer.getId())
                .addOperations(launch)
                .setFilters(Filters.newBuilder().setRefuseSeconds(REFUSE_REST_S));
        return call;
    }

    /// Gives all offers back for a long time; empty if there are none.
    Optional<Call.Builder> decline() {
        if (offers.isEmpty()) return Optional.empty();
        var call = decline(offers.keySet(), REFUSE_S);
        offers.clear();
        return Optional.of(call);
    }

    static Call.Builder decline(Iterable<OfferID> offers, double refuseSeconds) {
        var call = Call.newBuilder().setType(Call.Type.DECLINE);
        call.getDeclineBuilder()
                .addAllOfferIds(offers)
                .setFilters(Filters.newBuilder().setRefuseSeconds(refuseSeconds));
        return call;
    }

    /// Whether it is time to ask for offers again.
    boolean isDue() {
        long now = System.nanoTime();
        if (now - revivedAt < REVIVE_INTERVAL.toNanos()) return false;
        revivedAt = now;
        return true;
    }
}
