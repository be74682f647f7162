package io.meseta.simulator.nodes;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.RefusalPeriod;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.simulator.world.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A framework that wants so many equal tasks to run, and nothing else: it launches with each offer
/// as many as it does at once, declines what is too small, wants no more once it has them all, and
/// launches another for each that it loses.
public final class PlacingFramework implements SchedulerLink.Listener {

    private static final long LOOK_MILLIS = 15_000;

    private final World world;
    private final Node node;
    private final Appetite appetite;
    private final Role role;
    private final SchedulerLink link;
    private @Nullable FrameworkId id;

    /// What it has launched and not seen end.
    private final Map<TaskId, Launched> tasks = new TreeMap<>();

    private final SortedSet<TaskId> running = new TreeSet<>();

    /// What came back after it was taken for lost, and has been replaced.
    private final SortedSet<TaskId> surplus = new TreeSet<>();

    private final Map<OfferId, Offer> offers = new TreeMap<>();
    private long launches;

    /// Whether the master has heard that nothing more is wanted.
    private boolean isSuppressed;

    private record Launched(AgentId agent, long at) {}

    /// @param need of each task
    /// @param tasks how many are to run
    /// @param perOffer how many it launches with one offer at most
    public record Appetite(Resources need, int tasks, int perOffer) {}

    /// @param role several frameworks may share one
    public PlacingFramework(
            World world, String name, Role role, Appetite appetite, List<SimulatedMaster> masters) {
        this.world = world;
        this.node = new Node(name, world.agenda());
        this.role = role;
        this.appetite = appetite;
        this.link = new SchedulerLink(world, node, masters, this);
        link.open();
        node.later(LOOK_MILLIS, this::look);
    }

    public Node node() {
        return node;
    }

    public Optional<FrameworkId> id() {
        return Optional.ofNullable(id);
    }

    public boolean isSubscribed() {
        return link.isSubscribed();
    }

    /// How many of its tasks run, as far as it has heard.
    public int running() {
        return running.size();
    }

    /// Whether all that it wants runs, and nothing else.
    public boolean isSated() {
        return running.size() == appetite.tasks()
                && surplus.isEmpty()
                && offers.isEmpty()
                && link.isSubscribed();
    }

    @Override
    public String toString() {
        return "%s runs %d of %d, has launched %d, has %d too many and %d offers"
                .formatted(
                        node.name(),
                        running.size(),
                        appetite.tasks(),
                        tasks.size(),
                        surplus.size(),
                        offers.size());
    }

    @Override
    public SchedulerLink.Introduction introduction() {
        isSuppressed = wanted() == 0;
        var roles = new TreeSet<>(List.of(role));
        var profile =
                new FrameworkProfile(
                        new FrameworkProfile.Identity("root", Optional.empty(), true),
                        node.name(),
                        roles,
                        EnumSet.of(FrameworkCapability.PARTITION_AWARE),
                        Duration.ofDays(7),
                        Opaque.EMPTY);
        var wishes =
                isSuppressed
                        ? new OfferWishes(roles, OfferWishes.ALL.constraints())
                        : OfferWishes.ALL;
        return new SchedulerLink.Introduction(id(), profile, wishes);
    }

    @Override
    public void subscribed(FrameworkId given) {
        id = given;
        offers.clear();
        reconcile();
    }

    @Override
    public void dismissed() {
        id = null;
        tasks.clear();
        running.clear();
        surplus.clear();
        offers.clear();
        link.close();
        link.open();
    }

    @Override
    public void heard(News news, long since) {
        switch (news) {
            case News.Offered(var some) -> some.forEach(this::answer);
            case News.Rescinded(var offer) -> offers.remove(offer);
            case News.Updated(var key, var agent, var status) -> updated(key, agent, status, since);
            case News.OperationUpdated _,
                    News.Subscribed _,
                    News.AgentFailed _,
                    News.ExecutorFailed _,
                    News.Asked _,
                    News.Unasked _,
                    News.Message _ -> {}
        }
    }

    private int wanted() {
        return appetite.tasks() - tasks.size();
    }

    private void answer(Offer offer) {
        offers.put(offer.id(), offer);
        var proposals = proposals(offer);
        if (proposals.isEmpty()) {
            decline(offer);
            return;
        }
        for (var proposal : proposals)
            tasks.put(proposal.task(), new Launched(offer.agent(), node.now()));
        link.call(
                caller ->
                        new Command.Accept(
                                caller,
                                List.of(offer.id()),
                                List.of(new Operation.Launch(proposals)),
                                RefusalPeriod.DEFAULT),
                () -> offers.remove(offer.id()));
        sayWhetherMoreIsWanted();
    }

    private List<Operation.Proposal> proposals(Offer offer) {
        var proposals = new ArrayList<Operation.Proposal>();
        var left = offer.grant().resources();
        int most = Math.min(appetite.perOffer(), wanted());
        while (proposals.size() < most && left.contains(appetite.need())) {
            left = left.minus(appetite.need());
            var task = new TaskId("t" + ++launches);
            var spec = new TaskSpec(task, task.value(), role, appetite.need(), Opaque.EMPTY);
            proposals.add(new Operation.Proposal.Wellformed(spec, offer.agent()));
        }
        return proposals;
    }

    private void decline(Offer offer) {
        link.call(
                caller -> new Command.Decline(caller, List.of(offer.id()), RefusalPeriod.DEFAULT),
                () -> offers.remove(offer.id()));
    }

    private void sayWhetherMoreIsWanted() {
        if (wanted() == 0 && !isSuppressed)
            link.call(
                    caller -> new Command.Suppress(caller, Collections.emptySortedSet()),
                    () -> isSuppressed = true);
        if (wanted() > 0 && isSuppressed)
            link.call(
                    caller -> new Command.Revive(caller, Collections.emptySortedSet()),
                    () -> isSuppressed = false);
    }

    private void updated(TaskKey key, Optional<AgentId> agent, Status status, long since) {
        world.trace().note(node.name(), "hears " + key.task() + " " + status.state());
        world.ledger().heard(key, status, since);
        switch (status.state()) {
            case TASK_STAGING, TASK_STARTING, TASK_KILLING -> {}
            case TASK_RUNNING -> runs(key.task());
            case TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_UNREACHABLE,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR,
                    TASK_UNKNOWN ->
                    lost(key.task());
        }
        if (status.uuid().isPresent() && agent.isPresent()) acknowledge(key, agent.get(), status);
    }

    private void runs(TaskId task) {
        if (tasks.containsKey(task)) {
            running.add(task);
        } else {
            surplus.add(task);
            kill(task);
        }
    }

    /// Also what may come back: it has been replaced by then.
    private void lost(TaskId task) {
        surplus.remove(task);
        running.remove(task);
        if (tasks.remove(task) != null) sayWhetherMoreIsWanted();
    }

    private void kill(TaskId task) {
        link.call(
                caller -> new Command.Kill(caller, task, Optional.empty(), Opaque.EMPTY), () -> {});
    }

    private void acknowledge(TaskKey key, AgentId agent, Status status) {
        var uuid = status.uuid().orElseThrow();
        link.call(
                caller -> new Command.Acknowledge(caller, agent, key.task(), uuid),
                () -> {
                    if (status.isTerminal()) world.ledger().endAcknowledged(key, uuid, node.now());
                });
    }

    /// Says again what may have been lost, now and then.
    private void look() {
        if (link.isSubscribed()) {
            for (var offer : List.copyOf(offers.values())) decline(offer);
            surplus.forEach(this::kill);
            reconcile();
            sayWhetherMoreIsWanted();
        }
        node.later(LOOK_MILLIS, this::look);
    }

    /// Asks what became of tasks that should run by now.
    private void reconcile() {
        var questions = new ArrayList<Command.Question>();
        long due = node.now() - LOOK_MILLIS;
        tasks.forEach((task, launched) -> {
            if (!running.contains(task) && launched.at() <= due)
                questions.add(new Command.Question(task, Optional.of(launched.agent())));
        });
        for (var task : surplus) questions.add(new Command.Question(task, Optional.empty()));
        if (!questions.isEmpty())
            link.call(caller -> new Command.Reconcile(caller, questions), () -> {});
    }
}
