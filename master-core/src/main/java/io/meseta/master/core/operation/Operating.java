package io.meseta.master.core.operation;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.offer.Offer;
import io.meseta.model.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An operation that an operator wants done, with what nobody uses.
///
/// What is offered is taken back as far as it is needed. Mesos takes offers back before it knows
/// whether that helps, and also where enough is free; there the allocator may be quicker than the
/// master, and here it can't be.
public final class Operating {

    /// So many operations of operators may be on their way to one agent.
    public static final int PENDING_MAX = 1_000;

    private final Agent agent;
    private final Resources used;
    private final OperationSpec spec;
    private final List<Offer> withdrawn = new ArrayList<>();
    private Resources available;

    /// What becomes of it.
    public sealed interface Verdict {

        /// @param withdrawn the offers that must be taken back for it
        record Possible(List<Offer> withdrawn) implements Verdict {

            public Possible {
                withdrawn = List.copyOf(withdrawn);
            }
        }

        /// It makes no sense as the agent is.
        record Senseless(String problem) implements Verdict {}

        /// It needs what is in use, or not there.
        record Lacking(String problem) implements Verdict {}
    }

    private Operating(Agent agent, Resources used, OperationSpec spec, Resources available) {
        this.agent = agent;
        this.used = used;
        this.spec = spec;
        this.available = available;
    }

    /// @param used the volumes that tasks and executors use
    /// @param free what of the agent nobody holds; shared volumes always are among it
    /// @param offers all of the agent's, in the order in which they are taken back
    public static Verdict judge(
            Agent agent, OperationSpec spec, Resources used, Resources free, List<Offer> offers) {
        return problem(agent, spec, used)
                .<Verdict>map(Verdict.Senseless::new)
                .orElseGet(() -> new Operating(agent, used, spec, free).judge(offers));
    }

    /// What makes no sense of it as the agent is, whatever is available.
    public static Optional<String> problem(Agent agent, OperationSpec spec, Resources used) {
        return Converting.incapable(agent, Optional.empty(), spec)
                .or(() ->
                        feasibility(agent, used, Resources.EMPTY)
                                .conflict(spec)
                                .map(Feasibility.Problem::text));
    }

    /// The volumes among what is in use.
    ///
    /// @param held by each who holds anything
    public static Resources used(Stream<Resources> held) {
        var used = Resources.EMPTY;
        for (var some : held.toList())
            for (var each : some.stream().toList())
                if (each.kind().isPersistentVolume() && used.copies(each.kind()) == 0)
                    used = used.plus(Resources.of(each));
        return used;
    }

    private Verdict judge(List<Offer> offers) {
        var missing = spec.conversion().consumed().without(available);
        var lack = lack();
        for (var offer : offers) {
            if (lack.isEmpty()) break;
            var offered = unshared(offer.grant().resources());
            var still = missing.without(offered);
            if (still.equals(missing)) continue;
            missing = still;
            withdrawn.add(offer);
            available = available.plus(offered);
            lack = lack();
        }
        if (lack.isPresent()) return new Verdict.Lacking(lack.get());
        withdrawShared(offers);
        return new Verdict.Possible(withdrawn);
    }

    private Optional<String> lack() {
        return feasibility(agent, used, available).lack(spec);
    }

    /// Nobody may be offered a shared volume any more that is about to end.
    private void withdrawShared(List<Offer> offers) {
        var volumes = Converting.withdrawn(spec);
        offers.stream()
                .filter(offer -> !withdrawn.contains(offer))
                .filter(offer ->
                        offer.grant().resources().kinds().stream().anyMatch(volumes::contains))
                .forEach(withdrawn::add);
    }

    /// Shared volumes are always among what is available.
    private static Resources unshared(Resources resources) {
        return resources.filter(each -> !each.kind().shared());
    }

    private static Feasibility feasibility(Agent agent, Resources used, Resources available) {
        return new Feasibility(agent.profile().resources(), used, available, Optional.empty());
    }
}
