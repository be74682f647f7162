package io.meseta.simulator.nodes;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.holding.Outcome;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.machine.Decision;
import io.meseta.agent.core.machine.Effect.SendExecutorEnd;
import io.meseta.agent.core.machine.Effect.SendMessage;
import io.meseta.agent.core.machine.Effect.SendOutcome;
import io.meseta.agent.core.machine.Effect.SendReport;
import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.update.Cause;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command.FromAgent;
import io.meseta.master.core.cluster.Command.Greet;
import io.meseta.master.core.cluster.Command.HeldExecutor;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Command.Recollection;
import io.meseta.master.core.cluster.Command.Report;
import io.meseta.master.core.cluster.Command.ReportExecutorEnd;
import io.meseta.master.core.cluster.Command.ReportMessage;
import io.meseta.master.core.cluster.Command.ReportOperation;
import io.meseta.master.core.cluster.Decision.Accepted;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.cluster.effect.Effect.Then;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.upkeep.Drain;
import io.meseta.master.core.upkeep.UpkeepRefusal;
import io.meseta.model.AgentId;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import io.meseta.simulator.world.Node;
import io.meseta.simulator.world.Pipe;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An agent's side of its conversation with the leading master. Reports go one by one and in order,
/// each again until it is answered.
final class AgentLink {

    private static final long WELCOME_MILLIS_MAX = 3_000;
    private static final long ANSWER_MILLIS_MAX = 5_000;

    private final World world;
    private final SimulatedAgent agent;
    private final List<SimulatedMaster> masters;
    private final Deque<Said> reports = new ArrayDeque<>();
    private int guess;
    private long attempts;
    private @Nullable Pipe<ToAgent> pipe;
    private @Nullable LinkId link;
    private long posting;
    private boolean isPosting;

    /// What is to be told, under the number of its report.
    private record Said(long number, BiFunction<AgentId, LinkId, FromAgent> command) {}

    AgentLink(World world, SimulatedAgent agent, List<SimulatedMaster> masters) {
        this.world = world;
        this.agent = agent;
        this.masters = masters;
    }

    /// Says hello to the next master that may lead.
    void open() {
        hangUp();
        if (!agent.machine().mayJoin()) {
            openIn(ANSWER_MILLIS_MAX);
            return;
        }
        long attempt = ++attempts;
        var master = masters.get(guess % masters.size());
        var opened =
                new Pipe<ToAgent>(
                        world.network(),
                        master.node(),
                        node(),
                        message -> hear(attempt, message),
                        () -> lost(attempt));
        pipe = opened;
        var machine = agent.machine();
        var recollection =
                new Recollection(new Epoch(machine.orders().epoch()), machine.orders().seen());
        var held = machine.tasks().values().stream().flatMap(AgentLink::held).toList();
        var id = Optional.of(machine.agent().orElseGet(agent::joining));
        var holdings = machine.holdings();
        var profile = agent.profile().having(holdings.total());
        var executors =
                machine.executors().values().stream()
                        .filter(executor -> executor.stage() != Stage.ENDED)
                        .map(AgentLink::held)
                        .toList();
        var outcomes = holdings.outcomes().values().stream().map(AgentLink::outcome).toList();
        send(
                master,
                answered ->
                        master.greet(
                                given ->
                                        new Greet(
                                                id,
                                                profile,
                                                given,
                                                recollection,
                                                held,
                                                outcomes,
                                                executors),
                                opened,
                                answered),
                answer -> {
                    if (attempt == attempts && isGone(answer)) {
                        dismissed(Then.STAY_AWAY);
                        return;
                    }
                    boolean isDecided = answer instanceof Answer.Decided(Accepted _);
                    if (attempt == attempts && !isDecided) retry(attempt);
                });
        node().later(WELCOME_MILLIS_MAX, () -> retry(attempt));
    }

    private static HeldExecutor held(AgentExecutor executor) {
        return new HeldExecutor(executor.key(), executor.order());
    }

    private static boolean isGone(Answer answer) {
        return answer
                instanceof
                Answer.Decided(
                        io.meseta.master.core.cluster.Decision.Refused(
                                Refusal.OfUpkeep(UpkeepRefusal.Gone _)));
    }

    private static Stream<HeldTask> held(AgentTask task) {
        var own = new HeldTask(task.key(), task.latest(), task.order());
        return Stream.concat(
                Stream.of(own),
                task.successor().stream()
                        .map(next ->
                                new HeldTask(task.key(), TaskState.TASK_STAGING, next.order())));
    }

    /// The agent has crashed.
    void forget() {
        hangUp();
    }

    void report(SendReport report) {
        say(
                report.number(),
                (id, current) ->
                        new Report(
                                id,
                                current,
                                report.task().key(),
                                status(report.task(), report),
                                report.latest(),
                                report.task().order()));
    }

    void report(SendExecutorEnd report) {
        var status =
                report.exit() instanceof Exit.Status(var value)
                        ? Optional.of(value)
                        : Optional.<Integer>empty();
        say(
                report.number(),
                (id, current) ->
                        new ReportExecutorEnd(
                                id, current, held(report.executor()), status, report.seen()));
    }

    void report(SendMessage report) {
        say(
                report.number(),
                (id, current) ->
                        new ReportMessage(id, current, report.executor().key(), report.data()));
    }

    void report(SendOutcome report) {
        say(
                report.number(),
                (id, current) -> new ReportOperation(id, current, outcome(report.outcome())));
    }

    private static io.meseta.master.core.operation.Outcome outcome(Outcome outcome) {
        return new io.meseta.master.core.operation.Outcome(
                outcome.order(), outcome.state(), outcome.message());
    }

    private void say(long number, BiFunction<AgentId, LinkId, FromAgent> command) {
        if (link == null) return;
        reports.add(new Said(number, command));
        post();
    }

    private void hangUp() {
        attempts++;
        link = null;
        isPosting = false;
        reports.clear();
        if (pipe != null) pipe.breakNow();
        pipe = null;
    }

    private void retry(long attempt) {
        if (attempt != attempts || link != null) return;
        guess++;
        hangUp();
        openIn(world.chance().between(50, 1_000));
    }

    private void openIn(long millis) {
        long attempt = attempts;
        node().later(
                        millis,
                        () -> {
                            if (attempt == attempts) open();
                        });
    }

    private void lost(long attempt) {
        if (attempt != attempts) return;
        note("has lost its link");
        hangUp();
        openIn(world.chance().between(1, 500));
    }

    private void hear(long attempt, ToAgent message) {
        if (attempt != attempts) return;
        switch (message) {
            case ToAgent.Over() -> lost(attempt);
            case ToAgent.Dismissed(var then) -> dismissed(then);
            case ToAgent.Told told -> {
                if (obey(told) instanceof Decision.Refused(var refusal)
                        && !(told.word() instanceof Word.Acknowledged)) {
                    note("refuses: " + refusal);
                    lost(attempt);
                }
            }
        }
    }

    private Decision obey(ToAgent.Told told) {
        return switch (told.word()) {
            case Word.Drained(var drain) -> agent.put(heard(drain));
            case Word.Welcome(_, var drain) -> {
                note("is welcome as " + told.agent() + " in epoch " + told.epoch());
                link = told.link();
                var welcome = new Command.Welcome(told.agent(), told.master(), told.epoch());
                var decision = agent.put(welcome);
                yield decision instanceof Decision.Refused || !node().isUp()
                        ? decision
                        : agent.put(heard(drain));
            }
            case Word.Launch launch -> take(told, launch.number(), Specs.launch(launch));
            case Word.LaunchGroup group -> {
                world.ledger().groups().arrived(told.agent(), group, agent.machine());
                yield take(told, group.number(), Specs.group(group));
            }
            case Word.ShutdownExecutor(var number, var executor) ->
                    take(told, number, new Order.ShutdownExecutor(executor));
            case Word.Message _ -> new Decision.Accepted(List.of());
            case Word.Kill(var number, var key, _) -> take(told, number, new Order.Kill(key));
            case Word.ShutdownFramework(var number, var framework) ->
                    take(told, number, new Order.ShutdownFramework(framework));
            case Word.Operate(var operation) ->
                    take(
                            told,
                            operation.key().order(),
                            new Order.Operate(operation.spec().conversion()));
            case Word.OperationHeard(var order) -> agent.put(new Command.OutcomeHeard(order));
            case Word.Acknowledged(var key, var uuid) ->
                    agent.put(new Command.Acknowledge(key, uuid));
        };
    }

    private static Command heard(Optional<Drain> drain) {
        return new Command.HearOfDrain(
                drain.map(each ->
                        new io.meseta.agent.core.machine.Drain(
                                each.graceMax(), each.marksGone(), each.since())));
    }

    private void dismissed(Then then) {
        note("is told to " + then);
        agent.put(
                switch (then) {
                    case STAY_AWAY -> new Command.StayAway("gone");
                    case END_TASKS -> new Command.EndTasks();
                });
    }

    /// Once the agent has nothing more to say to this master.
    void leave() {
        hangUp();
        if (node().isUp()) openIn(world.chance().between(50, 1_000));
    }

    private Decision take(ToAgent.Told told, long number, Order order) {
        note("takes order " + number + " of epoch " + told.epoch());
        return agent.put(new Command.TakeOrder(told.epoch(), number, order));
    }

    private void post() {
        var current = link;
        var id = agent.machine().agent();
        if (isPosting || reports.isEmpty() || current == null || id.isEmpty()) return;
        isPosting = true;
        long attempt = attempts;
        long number = ++posting;
        var report = reports.element();
        var master = masters.get(guess % masters.size());
        var command = report.command().apply(id.get(), current);
        send(
                master,
                answered -> master.ask(command, answered),
                answer -> {
                    if (attempt != attempts || number != posting || !isPosting) return;
                    if (answer instanceof Answer.Decided(Accepted _)) {
                        isPosting = false;
                        reports.remove();
                        post();
                    } else {
                        guess++;
                        lost(attempt);
                    }
                });
        node().later(
                        ANSWER_MILLIS_MAX,
                        () -> {
                            if (attempt != attempts || number != posting || !isPosting) return;
                            note("repeats report " + report.number());
                            isPosting = false;
                            post();
                        });
    }

    private static Status status(AgentTask task, SendReport report) {
        var update = report.update();
        var origin =
                new Status.Origin(update.cause().source(), reason(update.cause()), update.at());
        return new Status(
                update.state(),
                origin,
                update.cause().message(),
                Optional.of(update.uuid()),
                task.spec().wire());
    }

    private static Optional<StatusReason> reason(Cause cause) {
        return cause.reason() == Cause.Reason.NONE
                ? Optional.empty()
                : Optional.of(StatusReason.valueOf("REASON_" + cause.reason().name()));
    }

    private void send(
            SimulatedMaster master, Consumer<Consumer<Answer>> request, Consumer<Answer> then) {
        world.network()
                .send(
                        node(),
                        master.node(),
                        () ->
                                request.accept(answer ->
                                        world.network()
                                                .send(
                                                        master.node(),
                                                        node(),
                                                        () -> then.accept(answer))));
    }

    private Node node() {
        return agent.node();
    }

    private void note(String what) {
        world.trace().note(node().name(), what);
    }
}
