package io.meseta.master.core.cluster.effect;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.agent.AgentEvent.Instruction;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.cluster.effect.Effect.EndLink;
import io.meseta.master.core.cluster.effect.Effect.EndStream;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.TellAgent;
import io.meseta.master.core.cluster.effect.Effect.TellFramework;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.offer.OfferEvent.Ending;
import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationState;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What follows from an event, given the states around it. The order of the events is the order of
/// the effects.
public final class Effects {

    private Effects() {}

    public static List<Effect> of(Cluster before, Event event, Cluster after) {
        return switch (event) {
            case Event.OfCluster _, Event.OfRole _ -> List.of();
            case Event.OfFramework(var each) -> of(before, each, after);
            case Event.OfAgent(var each) -> of(before, each, after);
            case Event.OfTask(var each) -> of(before, each, after);
            case Event.OfOperation(var each) -> of(before, each, after);
            case Event.OfUpkeep(var each) -> UpkeepEffects.of(before, each, after);
            case Event.OfOffer(var each) -> of(each, after);
            case Event.OfExecutor(var each) -> ExecutorEffects.of(each, after);
        };
    }

    private static List<Effect> of(Cluster before, FrameworkEvent event, Cluster after) {
        return switch (event) {
            case FrameworkEvent.FrameworkConnected(var id, var stream, _, _) -> {
                var effects = new ArrayList<Effect>();
                endStream(before, id, Optional.of("Framework failed over")).ifPresent(effects::add);
                effects.add(new TellFramework(id, stream, new News.Subscribed()));
                // Whatever it has not acknowledged it hears again, at once and not when the agent's
                // next repetition is due.
                after.tasks().of(id).stream()
                        .flatMap(task -> task.trail().pending().stream().map(s -> update(task, s)))
                        .flatMap(news -> tell(after, id, news).stream())
                        .forEach(effects::add);
                after.operations()
                        .of(id)
                        .filter(operation -> !operation.isPending())
                        .flatMap(operation -> told(after, operation).stream())
                        .forEach(effects::add);
                yield effects;
            }
            case FrameworkEvent.FrameworkRemoved(var id, _) ->
                    endStream(before, id, Optional.empty()).stream().toList();
            case FrameworkEvent.FrameworkRegistered _,
                    FrameworkEvent.FrameworkResubscribed _,
                    FrameworkEvent.FrameworkUpdated _,
                    FrameworkEvent.WishesChanged _,
                    FrameworkEvent.FrameworkDisconnected _,
                    FrameworkEvent.RolesSuppressed _,
                    FrameworkEvent.RolesRevived _,
                    FrameworkEvent.ResourcesRequested _ ->
                    List.of();
        };
    }

    private static Optional<Effect> endStream(
            Cluster before, FrameworkId id, Optional<String> error) {
        return before.framework(id)
                .flatMap(Framework::stream)
                .map(stream -> new EndStream(id, stream, error));
    }

    private static List<Effect> of(Cluster before, AgentEvent event, Cluster after) {
        return switch (event) {
            case AgentEvent.AgentLinked(var id, var link, var seen, _) -> {
                var effects = new ArrayList<Effect>();
                effects.add(
                        new TellAgent(
                                id,
                                link,
                                new Word.Welcome(after.reign().epoch(), after.upkeep().drain(id))));
                unseen(after, id, seen).forEach(word -> effects.add(new TellAgent(id, link, word)));
                yield effects;
            }
            // Whoever says hello again has left its older link, or does not know of the newer one.
            case AgentEvent.AgentReturned(var id, _, _, _) ->
                    before
                            .agent(id)
                            .flatMap(Agent::link)
                            .<Effect>map(old ->
                                    new EndLink(id, old, "a newer link has taken this one's place"))
                            .stream()
                            .toList();
            case AgentEvent.AgentLost(var id, _) ->
                    after.frameworks().keySet().stream()
                            .flatMap(each -> tell(after, each, new News.AgentFailed(id)).stream())
                            .toList();
            case AgentEvent.OrderGiven(var id, var number, var instruction, _) ->
                    tell(after, id, word(number, instruction));
            case AgentEvent.AgentAdmitted _, AgentEvent.AgentUnlinked _ -> List.of();
        };
    }

    /// The orders to known tasks that the agent has not persisted, oldest first. Orders of other
    /// kinds are made anew from what the agent says it has.
    private static Stream<Word> unseen(Cluster cluster, AgentId agent, long seen) {
        record Numbered(long number, Word word) {}
        var operations =
                cluster.operations()
                        .on(agent)
                        .filter(OrderedOperation::isPending)
                        .map(each -> new Numbered(each.key().order(), operate(each)));
        var aboutTasks =
                cluster.tasks()
                        .on(agent)
                        .flatMap(task -> {
                            var kill =
                                    task
                                            .kill()
                                            .map(k -> new Numbered(k.order(), kill(task)))
                                            .stream();
                            var launch =
                                    launch(cluster, task)
                                            .map(w -> new Numbered(task.placement().order(), w))
                                            .stream();
                            return Stream.concat(launch, kill);
                        });
        var aboutExecutors =
                Stream.concat(
                        ExecutorEffects.groups(cluster, agent)
                                .map(word -> new Numbered(word.number(), word)),
                        ExecutorEffects.shutdowns(cluster, agent)
                                .map(word -> new Numbered(word.number(), word)));
        return Stream.of(operations, aboutTasks, aboutExecutors)
                .flatMap(each -> each)
                .filter(each -> each.number() > seen)
                .sorted(Comparator.comparingLong(Numbered::number))
                .map(Numbered::word);
    }

    private static Word word(long number, Instruction instruction) {
        return switch (instruction) {
            case Instruction.ShutdownFramework(var framework) ->
                    new Word.ShutdownFramework(number, framework);
            case Instruction.ShutdownExecutor(var executor) ->
                    new Word.ShutdownExecutor(number, executor);
            case Instruction.KillStray(var key) -> new Word.Kill(number, key, Opaque.EMPTY);
        };
    }

    private static Optional<Word> launch(Cluster cluster, Task task) {
        if (task.state() != TaskState.TASK_STAGING && task.state() != TaskState.TASK_UNREACHABLE)
            return Optional.empty();
        // Those of a group go out together.
        if (task.spec().home().isGroup()) return Optional.empty();
        return cluster.framework(task.key().framework())
                .map(framework ->
                        new Word.Launch(
                                task.placement().order(),
                                framework.id(),
                                framework.profile(),
                                task.spec()));
    }

    private static Word kill(Task task) {
        var kill = task.kill().orElseThrow();
        return new Word.Kill(kill.order(), task.key(), kill.policy());
    }

    /// A task that an event has completed is looked up in the state before it: there it is found by
    /// its key, afterwards only by a search.
    private static List<Effect> of(Cluster before, TaskEvent event, Cluster after) {
        return switch (event) {
            case TaskEvent.TaskLaunched(var key, _, _) ->
                    onTask(after, key, task -> launch(after, task).stream());
            case TaskEvent.KillWanted(var key, _, _) ->
                    onTask(after, key, task -> Stream.of(kill(task)));
            case TaskEvent.StatusReceived(var key, var status, _, _) ->
                    updated(before, key, status);
            case TaskEvent.StatusRepeated(var key, var status) -> updated(before, key, status);
            case TaskEvent.StatusDeclared(var key, var status) -> updated(before, key, status);
            case TaskEvent.StatusAnswered(var key, var agent, var status) ->
                    tell(after, key.framework(), new News.Updated(key, agent, status)).stream()
                            .toList();
            case TaskEvent.StatusAcknowledged(var key, var uuid) ->
                    onTask(before, key, _ -> Stream.of(new Word.Acknowledged(key, uuid)));
            case TaskEvent.EndAcknowledged(var key, var uuid, _) ->
                    onTask(before, key, _ -> Stream.of(new Word.Acknowledged(key, uuid)));
            case TaskEvent.StrayReported(var key, var agent, var uuid) ->
                    tell(after, agent, new Word.Acknowledged(key, uuid));
        };
    }

    private static List<Effect> onTask(
            Cluster cluster, TaskKey key, Function<Task, Stream<? extends Word>> words) {
        return cluster.tasks().find(key).stream()
                .flatMap(task ->
                        words.apply(task)
                                .flatMap(word -> tell(cluster, task.agent(), word).stream()))
                .toList();
    }

    private static List<Effect> updated(Cluster cluster, TaskKey key, Status status) {
        return cluster
                .tasks()
                .find(key)
                .flatMap(task -> tell(cluster, key.framework(), update(task, status)))
                .stream()
                .toList();
    }

    private static News update(Task task, Status status) {
        return new News.Updated(task.key(), Optional.of(task.agent()), status);
    }

    private static List<Effect> of(Cluster before, OperationEvent event, Cluster after) {
        return switch (event) {
            case OperationEvent.OperationOrdered(var key, _, _, _) ->
                    after.operations().find(key).stream()
                            .flatMap(each -> tell(after, key.agent(), operate(each)).stream())
                            .toList();
            case OperationEvent.OperationEnded(var key, var state, var message, var at) ->
                    before.operations()
                            .find(key)
                            .map(each -> ended(after, each.ended(state, message, at)))
                            .orElse(List.of());
            case OperationEvent.OperationRepeated(var key, _) ->
                    after.operations().find(key).stream()
                            .flatMap(each -> told(after, each).stream())
                            .toList();
            case OperationEvent.OperationAnswered(var framework, var status) ->
                    tell(after, framework, new News.OperationUpdated(status)).stream().toList();
            case OperationEvent.StrayEnded(var agent, var order) ->
                    tell(after, agent, new Word.OperationHeard(order));
            case OperationEvent.OperationAcknowledged _ -> List.of();
        };
    }

    private static List<Effect> ended(Cluster cluster, OrderedOperation operation) {
        var key = operation.key();
        var effects =
                new ArrayList<Effect>(
                        tell(cluster, key.agent(), new Word.OperationHeard(key.order())));
        told(cluster, operation).ifPresent(effects::add);
        if (operation.state() == OperationState.OPERATION_FINISHED) return effects;
        // It has other resources than was believed, and says which when it comes back.
        cluster.agent(key.agent())
                .flatMap(Agent::link)
                .ifPresent(link ->
                        effects.add(
                                new EndLink(
                                        key.agent(),
                                        link,
                                        "an operation has not been done: say what there is")));
        return effects;
    }

    private static Word operate(OrderedOperation operation) {
        return new Word.Operate(operation);
    }

    private static Optional<Effect> told(Cluster cluster, OrderedOperation operation) {
        return operation
                .owner()
                .flatMap(owner ->
                        operation
                                .status()
                                .flatMap(status ->
                                        tell(
                                                cluster,
                                                owner.framework(),
                                                new News.OperationUpdated(status))));
    }

    private static List<Effect> of(OfferEvent event, Cluster after) {
        return switch (event) {
            case OfferEvent.OfferMade(var offer) ->
                    tell(after, offer.framework(), new News.Offered(List.of(offer))).stream()
                            .toList();
            case OfferEvent.OfferEnded(var offer, var ending) ->
                    ending == Ending.RESCINDED
                            ? tell(after, offer.framework(), new News.Rescinded(offer.id()))
                                    .stream()
                                    .toList()
                            : List.of();
            case OfferEvent.ResourcesRefused _,
                    OfferEvent.CopyCounted _,
                    OfferEvent.OfGang _,
                    OfferEvent.AllocationSettled _,
                    OfferEvent.AgentKept _,
                    OfferEvent.KeepEnded _,
                    OfferEvent.NeedsLooked _,
                    OfferEvent.RefusalsElapsed _ ->
                    List.of();
        };
    }

    static Optional<Effect> tell(Cluster cluster, FrameworkId id, News news) {
        return cluster.framework(id)
                .flatMap(framework ->
                        framework.stream()
                                .map(stream ->
                                        new TellFramework(
                                                id, stream, inItsWords(framework, news))));
    }

    private static News inItsWords(Framework framework, News news) {
        if (!(news instanceof News.Updated(var key, var agent, var status))) return news;
        var seen = framework.sees(status.state());
        return seen == status.state() ? news : new News.Updated(key, agent, status.as(seen));
    }

    private static List<Effect> tell(Cluster cluster, AgentId id, Word word) {
        return cluster.agent(id)
                .flatMap(Agent::link)
                .<List<Effect>>map(link -> List.of(new TellAgent(id, link, word)))
                .orElse(List.of());
    }
}
