package io.meseta.simulator.nodes;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.agent.core.Moment;
import io.meseta.agent.core.holding.Holdings;
import io.meseta.agent.core.holding.VolumeName;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.machine.Decision;
import io.meseta.agent.core.machine.Effect;
import io.meseta.agent.core.machine.Effects;
import io.meseta.agent.core.machine.Event;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.machine.Reports;
import io.meseta.agent.core.machine.Standing;
import io.meseta.agent.core.step.Steps;
import io.meseta.agent.core.step.Subject;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.task.TaskEvent;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.model.AgentId;
import io.meseta.model.Resources;
import io.meseta.model.TaskKey;
import io.meseta.simulator.habits.Lifespan;
import io.meseta.simulator.ledger.Groups;
import io.meseta.simulator.world.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// An agent: the real core in a shell that writes down each event before it acts on it. It may
/// crash after each line that it writes, and between writing and acting.
public final class SimulatedAgent {

    private static final int CRASH_ONE_IN = 3_000;
    private static final long RESTART_MILLIS_MAX = 120_000;
    private static final long SETTLING_MILLIS_MAX = 20;

    private final World world;
    private final Node node;
    private final AgentProfile profile;
    private final Processes processes;
    private final HostedExecutors executors;
    private final AgentLink link;
    private Machine machine = Machine.empty();

    /// The volumes whose data is on its disk.
    private final Set<VolumeName> volumes = new TreeSet<>();

    private long wishes;

    /// What it has written down.
    private Machine kept = Machine.empty();

    /// What it had written down when it last waited for the disk, and after each event since: what
    /// a stop of its machine may leave.
    private final List<Line> lines = new ArrayList<>();

    /// @param loss what is said to the ledger where it is lost
    private record Line(Machine kept, Runnable loss) {}

    private boolean hasRebooted;

    /// How many machines there have been in its place.
    private int machines = 1;

    /// Nothing is started before the core knows what became of what was started earlier.
    private boolean isRecovering;

    private Instant tickAt = Instant.MAX;

    public SimulatedAgent(
            World world,
            String name,
            AgentProfile profile,
            Lifespan lifespan,
            List<SimulatedMaster> masters) {
        this.world = world;
        this.node = new Node(name, world.agenda());
        this.profile = profile;
        this.processes = new Processes(world, node, lifespan, this::put, this::starts);
        this.executors = new HostedExecutors(world, node, this::machine, forExecutors());
        this.link = new AgentLink(world, this, masters);
        this.machine = blank();
        this.kept = blank();
        link.open();
    }

    public Node node() {
        return node;
    }

    public Optional<AgentId> id() {
        return kept.agent();
    }

    /// The tasks of which something runs on its machine.
    public List<TaskKey> running() {
        return processes.alive();
    }

    /// Whether it holds no task, runs none, and has nothing left to say.
    public boolean isIdle() {
        return node.isUp()
                && machine.tasks().isEmpty()
                && processes.alive().isEmpty()
                && machine.executors().isEmpty()
                && executors.areGone()
                && machine.holdings().outcomes().isEmpty();
    }

    /// At rest the master must know what it has, and its disk must hold the volumes of that and no
    /// others.
    public void checkAgainst(Resources known) {
        var holdings = kept.holdings();
        unless(
                holdings.total().equals(known),
                node.name() + " has " + holdings.total() + ", and the master knows of " + known);
        unless(
                holdings.total().scalarTotals().equals(profile.resources().scalarTotals()),
                node.name() + " has more or less than its machine: " + holdings.total());
        unless(
                volumes.equals(holdings.volumes()),
                node.name() + " must hold " + holdings.volumes() + ", and holds " + volumes);
    }

    /// Loses its memory; its tasks go on.
    public void crash() {
        note("crashes");
        node.crash();
        executors.disconnect();
        link.forget();
        node.outlasting(world.chance().between(10, RESTART_MILLIS_MAX), this::start);
    }

    /// Its machine stops and starts again: nothing of its tasks is left, and the last that was
    /// written down may not have reached the disk.
    public void reboot() {
        loseLines();
        processes.lose();
        executors.lose();
        hasRebooted = true;
        crash();
    }

    /// Its machine burns down; another takes its place.
    public void burn() {
        note("burns down");
        machines++;
        processes.lose();
        executors.lose();
        kept = blank();
        lines.clear();
        volumes.clear();
        crash();
    }

    @Override
    public String toString() {
        return node.name() + " with " + machine;
    }

    /// What it asks to be called: the same until its machine is another.
    AgentId joining() {
        return new AgentId(node.name() + "-" + machines + "-S0");
    }

    Machine machine() {
        return machine;
    }

    AgentProfile profile() {
        return profile;
    }

    Decision put(Command command) {
        var moment = new Moment(node.wall(), world.chance().seed());
        var decision = world.workings().decides(machine, command, moment);
        if (!(decision instanceof Decision.Accepted(var events)) || events.isEmpty())
            return decision;
        long life = node.life();
        for (var event : events) {
            if (world.workings().persists(event)) write(event);
            if (world.mishap(CRASH_ONE_IN)) {
                crash();
                return decision;
            }
        }
        var before = machine;
        for (var event : events) machine = machine.after(event);
        Groups.check(machine);
        for (var effect : Effects.of(before, events)) {
            act(effect);
            if (node.life() != life) return decision;
        }
        planTick();
        return decision;
    }

    private void write(Event event) {
        kept = kept.after(event);
        if (world.workings().outlivesMachine(event)) lines.clear();
        lines.add(new Line(kept, event instanceof Event.OfTask about ? written(about) : () -> {}));
    }

    /// @return what is said where it is lost
    private Runnable written(Event.OfTask event) {
        var key = event.key();
        return switch (event.event()) {
            case TaskEvent.Prepared(var update) -> made(key, update);
            case TaskEvent.Started(var update, _) -> made(key, update);
            case TaskEvent.Told(var update) -> made(key, update);
            case TaskEvent.Ended(var update) -> made(key, update);
            case TaskEvent.Ordered _,
                    TaskEvent.Delivered _,
                    TaskEvent.KillBegun _,
                    TaskEvent.KillHastened _,
                    TaskEvent.KillForced _,
                    TaskEvent.Abandoned _,
                    TaskEvent.Succeeded _,
                    TaskEvent.Acknowledged _,
                    TaskEvent.Forgotten _,
                    TaskEvent.Sent _,
                    TaskEvent.DueAgain _ ->
                    () -> {};
        };
    }

    private Runnable made(TaskKey key, StatusUpdate update) {
        note(key.task() + " is " + update.state());
        long order = kept.task(key).orElseThrow().order();
        // Of one that was sent away nobody keeps books.
        var agent = kept.agent();
        agent.ifPresent(id -> world.ledger().made(key, id, order, update.uuid()));
        return () -> agent.ifPresent(id -> world.ledger().lost(key, id, order, update.uuid()));
    }

    private void loseLines() {
        kept.agent()
                .ifPresent(id ->
                        kept.tasks().values().stream()
                                .filter(task -> !task.isAbandoned())
                                .forEach(task ->
                                        world.ledger().stopped(task.key(), id, task.order())));
        if (lines.isEmpty()) return;
        int last = (int) world.chance().between(0, lines.size() - 1L);
        kept = lines.get(last).kept();
        for (var line : lines.subList(last + 1, lines.size())) line.loss().run();
        lines.clear();
    }

    private void starts(TaskKey key) {
        var task = machine.task(key).orElseThrow();
        machine.agent().ifPresent(id -> world.ledger().started(key, id, task.order()));
    }

    private HostedExecutors.Agent forExecutors() {
        return new HostedExecutors.Agent() {
            @Override
            public Decision put(Command command) {
                return SimulatedAgent.this.put(command);
            }

            @Override
            public void starts(TaskKey task) {
                machine.task(task).ifPresent(_ -> SimulatedAgent.this.starts(task));
            }

            @Override
            public boolean hasKept(UUID container, TaskKey task, UUID update) {
                return kept.task(task)
                        .filter(held ->
                                held.spec().home().executorRun().equals(Optional.of(container)))
                        .filter(held ->
                                held.stage() != Stage.ENDED && !held.updates().hasHeard(update))
                        .isEmpty();
            }
        };
    }

    private void act(Effect effect) {
        switch (effect) {
            case Effect.SendReport report -> link.report(report);
            case Effect.SendOutcome outcome -> link.report(outcome);
            case Effect.SettleVolumes settling -> settle(settling);
            case Effect.SendExecutorEnd end -> link.report(end);
            case Effect.TellExecutor told -> executors.tell(told);
            case Effect.SendMessage message -> link.report(message);
            case Effect.DropExecutor(var executor) -> executors.drop(executor);
            case Effect.Reconcile() -> reconcile();
            case Effect.DropCheckpoint(var task) -> {
                processes.drop(task.key());
                processes.sweep(machine.tasks().keySet());
            }
            case Effect.HangUp() -> {
                link.leave();
                // Whoever is gone is replaced.
                if (machine.standing() instanceof Standing.Exile)
                    node.later(world.chance().between(1, RESTART_MILLIS_MAX), this::burn);
            }
        }
    }

    private void reconcile() {
        if (isRecovering) return;
        var observed = processes.observed();
        executors.observe(observed);
        for (var step : Steps.between(machine.desired(), observed))
            switch (step.key()) {
                case Subject.OfTask(var key) -> processes.take(key, step);
                case Subject.OfExecutor(var key) -> executors.take(key, step);
            }
    }

    private void planTick() {
        var due = machine.deadline();
        if (due.equals(Instant.MAX) || !due.isBefore(tickAt)) return;
        tickAt = due;
        long delay = Math.max(0, Duration.between(node.wall(), due).toMillis()) + 1;
        node.later(
                delay,
                () -> {
                    if (!due.equals(tickAt)) return;
                    tickAt = Instant.MAX;
                    put(new Command.Tick());
                    planTick();
                });
    }

    private void start() {
        node.start();
        note("starts");
        tickAt = Instant.MAX;
        var reports = Reports.reservedTo(kept.reports().limit());
        machine =
                new Machine(
                        kept.standing(),
                        kept.orders(),
                        reports,
                        kept.holdings(),
                        kept.drain(),
                        kept.tasks(),
                        kept.executors());
        long life = node.life();
        isRecovering = true;
        if (hasRebooted) tellLost();
        if (node.life() == life) processes.recover();
        if (node.life() == life) executors.recover();
        isRecovering = false;
        if (node.life() != life) return;
        reconcile();
        planTick();
        var holdings = machine.holdings();
        settle(new Effect.SettleVolumes(holdings.pending(), holdings.doomed(), holdings.volumes()));
        link.open();
        // It was told so before it crashed.
        if (machine.standing() instanceof Standing.Exile) burn();
    }

    private Machine blank() {
        return Machine.empty().having(Holdings.none().on(profile.resources()));
    }

    /// The disk takes its time, and does one thing after the other.
    private void settle(Effect.SettleVolumes settling) {
        long wish = ++wishes;
        node.later(
                world.chance().between(0, SETTLING_MILLIS_MAX),
                () -> {
                    // A later wish says all that this one did.
                    if (wish != wishes) return;
                    volumes.removeAll(settling.doomed());
                    volumes.addAll(settling.volumes());
                    put(new Command.NoteVolumes(settling.order()));
                });
    }

    /// A task that was to be started may have run before the machine stopped, and is not started
    /// again.
    private void tellLost() {
        for (var task : machine.tasks().values()) {
            if (!node.isUp()) return;
            if (!task.spec().isHosted() && task.stage() != Stage.ENDED)
                put(new Command.NoteExit(task.key(), new Exit.Unknown("the machine restarted")));
        }
        executors.tellLost();
        if (node.isUp()) hasRebooted = false;
    }

    private void note(String what) {
        world.trace().note(node.name(), what);
    }
}
