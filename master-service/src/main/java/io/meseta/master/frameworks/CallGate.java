package io.meseta.master.frameworks;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.doors.CallCounts;
import io.meseta.master.doors.Exchange;
import io.meseta.master.frameworks.limits.CallLimits;
import io.meseta.master.links.FrameworkCounts;
import io.meseta.master.links.FrameworkCounts.OfferFate;
import io.meseta.master.rights.Rights;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.OfferID;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.model.FrameworkId;
import io.meseta.model.Principal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What every call of a framework passes on its way in and out: here it is held back, dropped and
/// counted.
final class CallGate {

    private static final int TOO_MANY_REQUESTS = 429;

    private final CallLimits limits;
    private final CallCounts counts;
    private final FrameworkCounts frameworks;

    CallGate(CallLimits limits, CallCounts counts, FrameworkCounts frameworks) {
        this.limits = limits;
        this.counts = counts;
        this.frameworks = frameworks;
    }

    /// Whether the call may go on; otherwise the exchange is answered.
    boolean admits(Exchange exchange, Call call, Optional<Principal> principal) throws IOException {
        Optional<String> dropped;
        try {
            dropped = limits.enter(principal, call.getType().name());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            exchange.unavailable("This master is stopping");
            return false;
        }
        if (dropped.isEmpty()) return true;
        exchange.response().setHeader("Retry-After", "1");
        exchange.text(TOO_MANY_REQUESTS, dropped.get());
        return false;
    }

    /// @param cluster as it was before the call
    void answered(Call call, int status, Optional<Principal> principal, Cluster cluster) {
        counts.count(SchedulerApi.NAME, call.getType(), status);
        limits.processed(principal);
        framework(call, cluster).ifPresent(framework -> count(framework, call, cluster));
    }

    /// As whom the framework calls, or says that it calls where nobody is asked.
    static Optional<Principal> principal(Exchange exchange, Call call, Cluster cluster) {
        var caller = Rights.principal(exchange.caller());
        if (caller.isPresent()) return caller;
        if (call.getType() != Call.Type.SUBSCRIBE)
            return framework(call, cluster).flatMap(each -> each.profile().identity().principal());
        var said = call.getSubscribe().getFrameworkInfo().getPrincipal();
        return said.isEmpty() ? Optional.empty() : Optional.of(new Principal(said));
    }

    private static Optional<Framework> framework(Call call, Cluster cluster) {
        return WireIds.find(call.getFrameworkId().getValue(), FrameworkId::new)
                .flatMap(cluster::framework);
    }

    private void count(Framework framework, Call call, Cluster cluster) {
        var id = framework.id();
        // A subscription counts once it is one.
        if (call.getType() != Call.Type.SUBSCRIBE) frameworks.count(id, call.getType());
        if (call.hasDecline())
            frameworks.count(
                    id, OfferFate.DECLINED, open(id, call.getDecline().getOfferIdsList(), cluster));
        if (!call.hasAccept()) return;
        long open = open(id, call.getAccept().getOfferIdsList(), cluster);
        frameworks.count(id, OfferFate.ACCEPTED, open);
        if (open == 0) return;
        for (var operation : call.getAccept().getOperationsList())
            if (operation.getType() != Offer.Operation.Type.UNKNOWN)
                frameworks.count(id, operation.getType());
    }

    private static long open(FrameworkId framework, List<OfferID> named, Cluster cluster) {
        return named.stream()
                .flatMap(each ->
                        WireIds.find(each.getValue(), io.meseta.model.OfferId::new).stream())
                .distinct()
                .flatMap(id -> cluster.offers().find(id).stream())
                .filter(offer -> offer.framework().equals(framework))
                .count();
    }
}
