package io.meseta.simulator.nodes;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.Status;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import io.meseta.simulator.world.Node;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A framework of uneven temper. In a storm it does what real ones do; in a calm it finishes what
/// it has begun.
public final class SimulatedFramework implements SchedulerLink.Listener {

    private static final long PAUSE_MILLIS_MAX = 4_000;
    private static final long CALM_PAUSE_MILLIS = 15_000;
    private static final int TASKS_MAX = 30;
    private static final int USES_AGAIN_ONE_IN = 6;
    private static final int SPENT_MAX = 16;
    private static final int ENDS_MAX = 256;

    private final World world;
    private final Node node;
    private final SchedulerLink link;
    private final Demands demands;
    private @Nullable FrameworkId id;

    /// What it has launched and not seen end. A framework keeps that where a crash can't reach it.
    private final Map<TaskId, TaskState> tasks = new TreeMap<>();

    private final Map<TaskId, AgentId> places = new TreeMap<>();

    /// Ids of tasks that have ended.
    private final Deque<TaskId> spent = new ArrayDeque<>();

    /// The statuses by which tasks have ended lately. One that comes again is not about another
    /// task that has the same id by now.
    private final Deque<UUID> ends = new ArrayDeque<>();

    private final OperationNotes operations;
    private final ExecutorNotes executors;
    private final Map<OfferId, Offer> offers = new TreeMap<>();
    private long launches;

    public SimulatedFramework(World world, String name, List<SimulatedMaster> masters) {
        this.world = world;
        this.node = new Node(name, world.agenda());
        this.link = new SchedulerLink(world, node, masters, this);
        this.demands = new Demands(world, node, link);
        this.operations = new OperationNotes(world, link);
        this.executors = new ExecutorNotes(world, link);
        link.open();
        plan(node.life());
    }

    public Node node() {
        return node;
    }

    public Optional<FrameworkId> id() {
        return Optional.ofNullable(id);
    }

    /// Whether it is subscribed and knows the end of everything that it has launched.
    public boolean isIdle() {
        return link.isSubscribed() && tasks.isEmpty() && operations.isEmpty() && offers.isEmpty();
    }

    /// The tasks that it waits for.
    public List<TaskKey> waitsFor() {
        if (id == null) return List.of();
        var own = id;
        return tasks.keySet().stream().map(task -> new TaskKey(own, task)).toList();
    }

    /// Loses its memory, keeps its notes, and comes back in the place of its former self.
    public void crash() {
        note("crashes");
        node.crash();
        link.close();
        forgetOffers();
        node.outlasting(
                world.chance().between(10, 60_000),
                () -> {
                    node.start();
                    link.open();
                    plan(node.life());
                });
    }

    /// Ends itself, its tasks with it, and begins anew.
    public void tearDown() {
        note("tears itself down");
        var own = id();
        link.call(
                Command.Teardown::new,
                () -> {
                    if (id().equals(own)) dismissed();
                });
    }

    @Override
    public SchedulerLink.Introduction introduction() {
        return demands.introduction(id());
    }

    @Override
    public void subscribed(FrameworkId given) {
        id = given;
        forgetOffers();
        if (!tasks.isEmpty()) reconcile();
    }

    @Override
    public void dismissed() {
        id = null;
        tasks.clear();
        places.clear();
        spent.clear();
        operations.clear();
        executors.clear();
        forgetOffers();
        demands.redraw();
        link.close();
        link.open();
    }

    @Override
    public void heard(News news, long since) {
        switch (news) {
            case News.Offered(var some) -> {
                note("is offered " + some.size());
                demands.check(some);
                for (var offer : some) offers.put(offer.id(), offer);
                for (var offer : some) consider(offer, node.life());
            }
            case News.Rescinded(var offer) -> {
                offers.remove(offer);
                demands.shown().over(List.of(offer));
            }
            case News.Updated(var key, var agent, var status) -> updated(key, agent, status, since);
            case News.OperationUpdated(var status) -> {
                note("hears " + status.operation() + " " + status.state());
                operations.updated(status);
            }
            case News.Subscribed _,
                    News.AgentFailed _,
                    News.ExecutorFailed _,
                    News.Asked _,
                    News.Unasked _,
                    News.Message _ -> {}
        }
    }

    private void forgetOffers() {
        offers.clear();
        demands.shown().forget();
    }

    private void plan(long life) {
        long pause =
                world.weather().isStormy()
                        ? world.chance().between(50, PAUSE_MILLIS_MAX)
                        : CALM_PAUSE_MILLIS;
        node.later(
                pause,
                () -> {
                    if (world.weather().isStormy()) misbehave();
                    else finish();
                    if (node.life() == life) plan(life);
                });
    }

    private void misbehave() {
        switch (world.chance().below(40)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> killSome();
            case 8, 9 -> reconcile();
            case 10 -> link.call(caller -> new Command.Reconcile(caller, List.of()), () -> {});
            case 11, 12 -> demands.suppress(new TreeSet<>());
            case 13 -> demands.suppressOne();
            case 14, 15, 16, 17, 18 -> demands.revive();
            case 19 -> {
                note("hangs up");
                link.close();
                node.later(world.chance().between(1, 90_000), link::open);
            }
            case 20 -> {
                note("fails over");
                link.abandon();
                link.open();
            }
            case 21 -> {
                if (world.chance().oneIn(6)) tearDown();
            }
            case 22 -> {
                if (world.chance().oneIn(3)) crash();
            }
            case 23, 24, 25 -> demands.change();
            case 26 -> executors.shutDownOne();
            case 27 -> executors.chat();
            case 28, 29 -> demands.request();
            default -> decline(List.copyOf(offers.values()));
        }
    }

    /// Takes no more, and ends what does not end by itself.
    private void finish() {
        if (!link.isSubscribed()) {
            link.open();
            return;
        }
        demands.suppress(new TreeSet<>());
        decline(List.copyOf(offers.values()));
        reconcile();
        link.call(caller -> new Command.Reconcile(caller, List.of()), () -> {});
        for (var task : tasks.keySet()) link.call(kill(task), () -> {});
        operations.reconcile();
        // Their tasks end as they will; what is left of the executors would stay for ever.
        if (tasks.isEmpty()) executors.shutDownAll();
    }

    private void consider(Offer offer, long life) {
        if (!world.weather().isStormy()) return;
        boolean isHoarded = world.chance().oneIn(demands.temper().hoardsOneIn());
        long delay = isHoarded ? world.chance().between(1, 60_000) : world.chance().between(1, 200);
        if (isHoarded && world.chance().oneIn(4)) return;
        node.later(
                delay,
                () -> {
                    if (node.life() != life || !world.weather().isStormy()) return;
                    if (world.chance().oneIn(3) || tasks.size() >= TASKS_MAX)
                        decline(List.of(offer));
                    else accept(offer);
                });
    }

    private void accept(Offer offer) {
        var named = new ArrayList<OfferId>();
        named.add(offer.id());
        for (var other : offers.values())
            if (!other.equals(offer)
                    && other.agent().equals(offer.agent())
                    && world.chance().oneIn(2)) named.add(other.id());
        if (world.chance().oneIn(50)) named.add(offer.id());
        var proposals = new ArrayList<Operation.Proposal>();
        for (long i = world.chance().between(0, 4); i > 0; i--) {
            var next = Proposals.drawn(world.chance(), nextTask(), offer);
            proposals.add(next);
            tasks.put(next.task(), TaskState.TASK_STAGING);
            places.put(next.task(), offer.agent());
        }
        var wanted = new ArrayList<Operation>();
        for (long i = world.chance().between(0, 2); i > 0; i--)
            operations.wish(offer).ifPresent(wanted::add);
        wanted.add(Proposals.together(world.chance(), proposals));
        wanted.forEach(executors::launched);
        var refusal = refusal();
        demands.shown().over(named);
        link.call(
                caller -> new Command.Accept(caller, named, wanted, refusal),
                () -> named.forEach(offers::remove));
    }

    /// A new id, or that of a task that has ended.
    private TaskId nextTask() {
        return !spent.isEmpty() && world.chance().oneIn(USES_AGAIN_ONE_IN)
                ? spent.removeFirst()
                : new TaskId("t" + ++launches);
    }

    private void spend(TaskId task, UUID end) {
        spent.addLast(task);
        if (spent.size() > SPENT_MAX) spent.removeFirst();
        ends.addLast(end);
        if (ends.size() > ENDS_MAX) ends.removeFirst();
    }

    private void decline(List<Offer> some) {
        if (some.isEmpty()) return;
        var ids = some.stream().map(Offer::id).toList();
        var refusal = refusal();
        demands.shown().over(ids);
        link.call(
                caller -> new Command.Decline(caller, ids, refusal),
                () -> ids.forEach(offers::remove));
    }

    private Duration refusal() {
        if (!world.weather().isStormy()) return Duration.ofSeconds(5);
        return switch (world.chance().below(6)) {
            case 0 -> Duration.ofSeconds(1);
            case 1 -> Duration.ofMinutes(5);
            default -> Duration.ofMillis(world.chance().between(1_000, 20_000));
        };
    }

    private void killSome() {
        if (tasks.isEmpty()) return;
        var task = world.chance().pick(List.copyOf(tasks.keySet()));
        link.call(kill(task), () -> {});
    }

    private Function<Command.Caller, Command> kill(TaskId task) {
        var agent = Optional.ofNullable(places.get(task));
        return caller -> new Command.Kill(caller, task, agent, Opaque.EMPTY);
    }

    private void reconcile() {
        if (tasks.isEmpty()) return;
        var questions =
                tasks.keySet().stream()
                        .map(task ->
                                new Command.Question(task, Optional.ofNullable(places.get(task))))
                        .toList();
        link.call(caller -> new Command.Reconcile(caller, questions), () -> {});
    }

    private void updated(TaskKey key, Optional<AgentId> agent, Status status, long since) {
        note("hears " + key.task() + " " + status.state());
        world.ledger().heard(key, status, since);
        if (isAlive(status.state())) {
            // Also one that it took for lost.
            tasks.put(key.task(), status.state());
            agent.ifPresent(place -> places.put(key.task(), place));
        } else if (tasks.containsKey(key.task())
                && status.uuid().stream().noneMatch(ends::contains)) {
            tasks.put(key.task(), status.state());
            if (ends(status)) {
                status.uuid().ifPresent(uuid -> spend(key.task(), uuid));
                tasks.remove(key.task());
                places.remove(key.task());
            }
        }
        if (status.uuid().isEmpty() || agent.isEmpty()) return;
        if (world.mishap(20)) return;
        acknowledge(key, agent.get(), status);
        if (world.mishap(20)) acknowledge(key, agent.get(), status);
    }

    private static boolean isAlive(TaskState state) {
        return state == TaskState.TASK_STAGING
                || state == TaskState.TASK_STARTING
                || state == TaskState.TASK_RUNNING
                || state == TaskState.TASK_KILLING;
    }

    /// Whether nothing more will be heard of the task. An answer that nobody knows it ends it too,
    /// unless it may yet be launched.
    private boolean ends(Status status) {
        boolean isAnswer =
                status.origin()
                        .reason()
                        .filter(StatusReason.REASON_RECONCILIATION::equals)
                        .isPresent();
        if (!isAnswer) return status.isTerminal() && status.state() != TaskState.TASK_LOST;
        boolean isUnknown =
                status.state() == TaskState.TASK_UNKNOWN
                        || status.state() == TaskState.TASK_GONE
                        || status.state() == TaskState.TASK_LOST;
        return isUnknown && !world.weather().isStormy();
    }

    private void acknowledge(TaskKey key, AgentId agent, Status status) {
        long delay = world.mishap(10) ? world.chance().between(1, 60_000) : 0;
        var uuid = status.uuid().orElseThrow();
        node.later(
                delay,
                () ->
                        link.call(
                                caller -> new Command.Acknowledge(caller, agent, key.task(), uuid),
                                () -> {
                                    if (status.isTerminal())
                                        world.ledger().endAcknowledged(key, uuid, node.now());
                                }));
    }

    private void note(String what) {
        world.trace().note(node.name(), what);
    }
}
