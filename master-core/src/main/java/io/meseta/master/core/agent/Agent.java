package io.meseta.master.core.agent;

import io.meseta.master.core.agent.Reach.Linked;
import io.meseta.master.core.agent.Reach.Unlinked;
import io.meseta.master.core.agent.Reach.Unreachable;
import io.meseta.model.AgentId;
import io.meseta.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A machine that has been admitted to the cluster.
///
/// @param reregisteredAt when it last came back; equals `registeredAt` until it does
/// @param lastOrder the number of the newest order to it; orders count from 1 for its whole life
/// @param operated the number of the newest order that is known to have changed its resources, 0
///   for none: what it said of them before that is out of date
public record Agent(
        AgentId id,
        AgentProfile profile,
        Instant registeredAt,
        Instant reregisteredAt,
        Reach reach,
        long lastOrder,
        long operated) {

    /// An agent that is silent for so long is given up: five heartbeats of fifteen seconds.
    public static final Duration SILENCE_MAX = Duration.ofSeconds(75);

    /// How long any agent may take to find a new leader before its silence counts.
    public static final Duration TAKEOVER_GRACE = Duration.ofMinutes(10);

    public static Agent admitted(AgentId id, AgentProfile profile, Instant at, long lastOrder) {
        var reach = new Unlinked(at, at.plus(SILENCE_MAX));
        return new Agent(id, profile, at, at, reach, lastOrder, 0);
    }

    /// The agent as it has come back.
    ///
    /// @param orderFloor the newest order that the agent says it has seen: a master restored from a
    ///   backup may have forgotten numbers it once gave
    public Agent returned(AgentProfile said, Instant at, long orderFloor) {
        var order = Math.max(lastOrder, orderFloor);
        var away = new Unlinked(at, at.plus(SILENCE_MAX));
        return new Agent(id, said, registeredAt, at, away, order, operated);
    }

    public Agent linked(LinkId link, Instant at) {
        return reaching(new Linked(link, at));
    }

    public Agent unlinked(Instant lastHeard, Instant deadline) {
        return reaching(new Unlinked(lastHeard, deadline));
    }

    public Agent unreachable(Instant at) {
        return reaching(new Unreachable(at));
    }

    /// As a new leader finds it: out of touch, with time to come back.
    public Agent orphaned(Instant at, Duration grace) {
        return isUnreachable() ? this : reaching(new Unlinked(at, at.plus(grace)));
    }

    /// The agent once it has other resources than it said.
    public Agent having(Resources resources) {
        return new Agent(
                id,
                profile.having(resources),
                registeredAt,
                reregisteredAt,
                reach,
                lastOrder,
                operated);
    }

    /// The agent once it has said how the operation of that number ended.
    public Agent operated(long number) {
        return new Agent(
                id,
                profile,
                registeredAt,
                reregisteredAt,
                reach,
                lastOrder,
                Math.max(operated, number));
    }

    /// Which machine it is, in the words of Mesos' complaints.
    public String whereabouts() {
        return "agent %s at slave(1)@%s:%d (%s)"
                .formatted(id, profile.hostname(), profile.port(), profile.hostname());
    }

    public Agent ordered(long number) {
        return new Agent(
                id,
                profile,
                registeredAt,
                reregisteredAt,
                reach,
                Math.max(lastOrder, number),
                operated);
    }

    public Optional<LinkId> link() {
        return reach instanceof Linked(var link, _) ? Optional.of(link) : Optional.empty();
    }

    public boolean isLinked() {
        return reach instanceof Linked;
    }

    public boolean isUnreachable() {
        return reach instanceof Unreachable;
    }

    /// When it counts as unreachable unless it comes back; empty while it is linked or given up.
    public Optional<Instant> deadline() {
        return reach instanceof Unlinked(_, var deadline)
                ? Optional.of(deadline)
                : Optional.empty();
    }

    private Agent reaching(Reach next) {
        return new Agent(id, profile, registeredAt, reregisteredAt, next, lastOrder, operated);
    }
}
