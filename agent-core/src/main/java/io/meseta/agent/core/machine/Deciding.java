package io.meseta.agent.core.machine;

import io.meseta.agent.core.Moment;
import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.executor.ExecutorEvent;
import io.meseta.agent.core.holding.Outcome;
import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Ending;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Interest;
import io.meseta.agent.core.task.KillMotive;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.task.TaskEvent;
import io.meseta.agent.core.task.TaskPhase;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.model.ExecutorKey;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One decision in the making: the events so far, and the machine as they leave it.
///
/// Each decision ends by sending whatever has become due, so "one outstanding, in order" is kept in
/// one place.
final class Deciding {

    private final Moment moment;
    private final List<Event> events = new ArrayList<>();
    private final Killing killing = new Killing(this);
    private final Executing executing = new Executing(this, killing);
    private Machine machine;
    private int uuidsDrawn;

    Deciding(Machine machine, Moment moment) {
        this.machine = machine;
        this.moment = moment;
    }

    Decision decide(Command command) {
        return switch (command) {
            case Command.Welcome welcome -> welcome(welcome);
            case Command.TakeOrder order -> take(order);
            case Command.Acknowledge(var key, var uuid) -> acknowledge(key, uuid);
            case Command.OfRun(var container, var note) -> ofRun(container, note);
            case Command.NotePrepared(var key) -> prepared(key);
            case Command.NoteProgress(var key, var message) -> progressed(key, message);
            case Command.NoteStarted(var key) -> started(key);
            case Command.NoteFailure(var key, var cause) -> failed(key, cause);
            case Command.NoteExit(var key, var exit) -> exited(key, exit);
            case Command.OutcomeHeard(var order) -> heard(order);
            case Command.NoteVolumes(var order) -> settled(order);
            case Command.Tick() -> tick();
            case Command.StartOver() -> startOver();
            case Command.StayAway(var reason) -> leave(new Event.SentAway(reason));
            case Command.HearOfDrain(var drain) -> drained(drain);
            case Command.EndTasks() -> leave(new Event.LeftForAWhile());
            case Command.ForExecutor word -> executing.decide(word);
            case Command.AwaitExecutors(var within) -> executing.await(within);
        };
    }

    private Decision welcome(Command.Welcome welcome) {
        if (machine.standing() instanceof Standing.Exile(var reason)) {
            return new Decision.Refused(new Refusal.Away(reason));
        }
        if (machine.orders().isStale(welcome.epoch())) return stale(welcome.epoch());
        var own = machine.agent().orElse(welcome.agent());
        if (!own.equals(welcome.agent())) {
            return new Decision.Refused(new Refusal.OtherAgent(welcome.agent(), own));
        }
        if (machine.agent().isEmpty()) add(new Event.Admitted(welcome.agent()));
        raise(welcome.epoch());
        for (var task : machine.tasks().values()) add(task.key(), task.forListener());
        // What has ended while the hello was on its way is not in it.
        for (var outcome : machine.holdings().outcomes().values())
            if (!outcome.isPending()) tell(outcome);
        return accepted();
    }

    private Decision take(Command.TakeOrder command) {
        if (machine.standing() instanceof Standing.Exile(var reason)) {
            return new Decision.Refused(new Refusal.Away(reason));
        }
        if (machine.orders().isStale(command.epoch())) return stale(command.epoch());
        raise(command.epoch());
        if (machine.orders().hasSeen(command.number())) return accepted();
        obey(command.order(), command.number());
        // Last, since it is written last: a crash before it brings the order again, never loses it.
        add(new Event.OrderTaken(command.number()));
        return accepted();
    }

    private void obey(Order order, long number) {
        switch (order) {
            case Order.Launch(var spec) -> launch(spec, number, machine.drain().map(Drain::ending));
            case Order.Unfit(var spec, var state, var cause) ->
                    launch(spec, number, Optional.of(new Ending(state, cause)));
            case Order.LaunchIn together ->
                    executing.launch(together, number, machine.drain().map(Drain::ending));
            case Order.UnfitIn(var together, var state, var cause) ->
                    executing.launch(together, number, Optional.of(new Ending(state, cause)));
            case Order.ShutdownExecutor(var key) ->
                    machine.executor(key).ifPresent(executing::shutdown);
            case Order.Kill(var key) ->
                    machine.task(key).ifPresent(task -> killing.ask(task, Optional.empty()));
            case Order.KillWithin(var key, var grace) ->
                    machine.task(key).ifPresent(task -> killing.ask(task, Optional.of(grace)));
            case Order.Operate operate -> operate(operate, number);
            case Order.ShutdownFramework(var framework) -> {
                for (var task : machine.tasks().values()) {
                    if (task.key().framework().equals(framework)) killing.abandon(task);
                }
                executing.abandon(framework);
            }
        }
    }

    /// One that was done before a crash, which came before the order's number was written, is not
    /// done twice.
    private void operate(Order.Operate order, long number) {
        var conversion = order.conversion();
        if (machine.holdings().outcome(number).isPresent()) return;
        if (!machine.holdings().allows(conversion)) {
            var have = machine.holdings().total();
            var why = have + " does not contain " + conversion.missingFrom(have);
            var dropped = Outcome.dropped(number, why, order.about());
            add(new Event.OperationDropped(dropped));
            tell(dropped);
            return;
        }
        add(new Event.ResourcesConverted(number, conversion, order.about()));
    }

    private void tell(Outcome outcome) {
        if (machine.agent().isPresent()) add(new Event.OutcomeSent(outcome, nextReport()));
    }

    private Decision settled(long order) {
        var before = machine.holdings();
        if (before.settled(order).equals(before)) return accepted();
        add(new Event.VolumesSettled(order));
        for (var outcome : machine.holdings().outcomes().values())
            if (before.outcome(outcome.order()).filter(Outcome::isPending).isPresent()
                    && !outcome.isPending()) tell(outcome);
        return accepted();
    }

    /// A repetition changes nothing.
    private Decision heard(long order) {
        if (machine.holdings().outcome(order).isPresent()) add(new Event.OutcomeHeard(order));
        return accepted();
    }

    /// A task that is held already was ordered before a crash that came between the writing of the
    /// task and that of the order's number. An earlier task of the same id that has ended gives
    /// way: an id is used again only once its last receipt was given, so that receipt has got lost.
    /// One that still runs was given up as lost while this machine could not be heard of; it is
    /// ended first.
    ///
    /// @param doom how it ends at once
    void launch(TaskSpec spec, long number, Optional<Ending> doom) {
        var held = machine.task(spec.key());
        if (held.filter(task -> task.isOf(number)).isPresent()) return;
        if (held.filter(task -> task.stage() != Stage.ENDED).isPresent()) {
            var next = new Interest.Succeeded(spec, number, doom);
            add(spec.key(), new TaskEvent.Succeeded(next));
            var before = held.get();
            killing.kill(before, KillMotive.UNWANTED, before.spec().killGrace());
            return;
        }
        if (held.isPresent()) add(spec.key(), new TaskEvent.Forgotten());
        begin(spec, number, doom);
    }

    private void begin(TaskSpec spec, long number, Optional<Ending> doom) {
        add(spec.key(), new TaskEvent.Ordered(spec, number, drawUuid()));
        executing.doom(spec).or(() -> doom).ifPresent(ending -> end(spec.key(), ending));
    }

    private Decision acknowledge(TaskKey key, UUID uuid) {
        var task = machine.tasks().get(key);
        if (task == null) return new Decision.Refused(new Refusal.UnknownTask(key));
        if (!task.updates().isOutstanding(uuid)) {
            return new Decision.Refused(new Refusal.NotOutstanding(key, uuid));
        }
        add(key, new TaskEvent.Acknowledged(uuid));
        if (task.stage() == Stage.ENDED && task.updates().waiting().size() == 1) {
            add(key, new TaskEvent.Forgotten());
        }
        return accepted();
    }

    private Decision ofRun(UUID container, Command.Note note) {
        boolean isCurrent =
                machine.task(note.key())
                        .filter(task -> task.container().equals(container))
                        .isPresent();
        return isCurrent ? decide(note) : outOfTurn(note.key());
    }

    private Decision prepared(TaskKey key) {
        var task = machine.tasks().get(key);
        if (task == null) return new Decision.Refused(new Refusal.UnknownTask(key));
        if (task.stage() != Stage.ORDERED) return outOfTurn(key);
        add(key, new TaskEvent.Prepared(update(TaskState.TASK_STARTING, Cause.plain())));
        return accepted();
    }

    /// Told only while nothing else waits to be heard: so a framework sets the pace, and no number
    /// of steps can fill the stream.
    private Decision progressed(TaskKey key, String message) {
        var task = machine.tasks().get(key);
        if (task == null) return new Decision.Refused(new Refusal.UnknownTask(key));
        if (task.stage() != Stage.ORDERED || task.isAbandoned()) return outOfTurn(key);
        if (!task.updates().isEmpty()) return accepted();
        var update = update(TaskState.TASK_STARTING, Cause.said(message));
        add(key, new TaskEvent.Told(update));
        return accepted();
    }

    private Decision started(TaskKey key) {
        var task = machine.tasks().get(key);
        if (task == null) return new Decision.Refused(new Refusal.UnknownTask(key));
        if (task.stage() != Stage.LAUNCHING) return outOfTurn(key);
        start(task);
        return accepted();
    }

    private void start(AgentTask task) {
        var completeBy = moment.at().plus(task.spec().completionLimit());
        var update = update(TaskState.TASK_RUNNING, Cause.plain());
        add(task.key(), new TaskEvent.Started(update, completeBy));
    }

    private Decision failed(TaskKey key, Cause cause) {
        var task = machine.tasks().get(key);
        if (task == null) return new Decision.Refused(new Refusal.UnknownTask(key));
        switch (task.phase()) {
            case TaskPhase.Ended() -> {
                return outOfTurn(key);
            }
            case TaskPhase.Killing phase -> end(key, Ending.of(phase, new Exit.NeverStarted()));
            case TaskPhase.Ordered() -> end(key, new Ending(TaskState.TASK_FAILED, cause));
            case TaskPhase.Launching() -> end(key, new Ending(TaskState.TASK_FAILED, cause));
            case TaskPhase.Running _ -> end(key, new Ending(TaskState.TASK_FAILED, cause));
        }
        return accepted();
    }

    private Decision exited(TaskKey key, Exit exit) {
        var task = machine.tasks().get(key);
        if (task == null) return new Decision.Refused(new Refusal.UnknownTask(key));
        if (task.stage() == Stage.ENDED) return outOfTurn(key);
        // It ended before anyone saw it run; it did run, and its framework may wait for that.
        if (task.stage() == Stage.LAUNCHING && exit.hasRun()) start(task);
        end(key, Ending.of(task.phase(), exit));
        return accepted();
    }

    /// Ends a task. Of an abandoned one the end is still told once, but nobody will acknowledge it.
    void end(TaskKey key, Ending ending) {
        boolean isKilled = ending.state() == TaskState.TASK_KILLED;
        var cause = isKilled ? machine.said(ending.cause()) : ending.cause();
        end(key, update(ending.state(), cause));
    }

    void end(TaskKey key, StatusUpdate last) {
        add(key, new TaskEvent.Ended(last));
        var task = machine.tasks().get(key);
        if (task == null || !task.isAbandoned()) return;
        var successor = task.successor();
        if (successor.isEmpty() && machine.agent().isPresent()) send(task);
        add(key, new TaskEvent.Forgotten());
        successor.ifPresent(next -> begin(next.spec(), next.order(), next.doom()));
    }

    private Decision tick() {
        for (var task : machine.tasks().values()) {
            switch (task.phase()) {
                case TaskPhase.Running(var completeBy) when !moment.at().isBefore(completeBy) ->
                        killing.begin(task, KillMotive.TIME_IS_UP, Duration.ZERO);
                case TaskPhase.Killing(_, var forceAt, var isForced)
                        when !isForced && !moment.at().isBefore(forceAt) ->
                        add(task.key(), new TaskEvent.KillForced());
                case TaskPhase.Ordered(),
                        TaskPhase.Launching(),
                        TaskPhase.Running _,
                        TaskPhase.Killing _,
                        TaskPhase.Ended() -> {}
            }
        }
        executing.tick();
        return accepted();
    }

    private Decision startOver() {
        return machine.standing() instanceof Standing.Exile(var reason)
                ? new Decision.Refused(new Refusal.Away(reason))
                : leave(new Event.StartedOver());
    }

    private Decision leave(Event event) {
        for (var task : machine.tasks().values()) killing.abandon(task);
        executing.abandonAll();
        add(event);
        return accepted();
    }

    /// Tasks that were told to end end, also when a drain is called off.
    private Decision drained(Optional<Drain> drain) {
        if (!drain.equals(machine.drain())) add(new Event.DrainHeard(drain));
        if (drain.isEmpty()) return accepted();
        for (var task : machine.tasks().values())
            if (task.isAwaited())
                killing.ask(task, Optional.of(drain.get().grace(task.spec().killGrace())));
        return accepted();
    }

    Decision accepted() {
        executing.settle();
        for (var task : machine.tasks().values()) {
            if (task.updates().isDue(moment.at())) send(task);
        }
        return new Decision.Accepted(events);
    }

    private void send(AgentTask task) {
        var outstanding = task.updates().outstanding();
        if (outstanding.isEmpty()) return;
        long number = nextReport();
        add(task.key(), new TaskEvent.Sent(outstanding.get(), number, moment.at()));
    }

    long nextReport() {
        if (machine.reports().isSpent()) {
            long limit = machine.reports().limit() + Reports.BLOCK;
            add(new Event.ReportsReserved(limit));
        }
        return machine.reports().next();
    }

    private void raise(long epoch) {
        if (epoch != machine.orders().epoch()) add(new Event.EpochRaised(epoch));
    }

    private Decision stale(long epoch) {
        return new Decision.Refused(new Refusal.StaleEpoch(epoch, machine.orders().epoch()));
    }

    private static Decision outOfTurn(TaskKey key) {
        return new Decision.Refused(new Refusal.OutOfTurn(key));
    }

    StatusUpdate update(TaskState state, Cause cause) {
        return new StatusUpdate(drawUuid(), moment.at(), state, cause);
    }

    UUID drawUuid() {
        return moment.uuid(uuidsDrawn++);
    }

    void add(TaskKey key, TaskEvent event) {
        add(new Event.OfTask(key, event));
    }

    void add(ExecutorKey key, ExecutorEvent event) {
        add(new Event.OfExecutor(key, event));
    }

    Machine machine() {
        return machine;
    }

    Instant now() {
        return moment.at();
    }

    /// The run of an executor that the task belongs to, if it is still that executor's.
    Optional<AgentExecutor> executorOf(AgentTask task) {
        return task.spec()
                .home()
                .executorKey()
                .flatMap(machine::executor)
                .filter(executor ->
                        task.spec().home().executorRun().equals(Optional.of(executor.container())));
    }

    private void add(Event event) {
        events.add(event);
        machine = machine.after(event);
    }
}
