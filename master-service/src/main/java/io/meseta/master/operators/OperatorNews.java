package io.meseta.master.operators;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.engine.Committed;
import io.meseta.master.events.Audience;
import io.meseta.master.state.Usage;
import io.meseta.master.views.ClusterView;
import io.meseta.master.views.Visibility;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.StatusWriting;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.v1.TimeInfo;
import io.meseta.mesos.v1.master.Event;
import io.meseta.mesos.v1.master.Response;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.wire.events.OperatorEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Puts what has happened in a batch into the words of Mesos' stream for operators.
final class OperatorNews {

    private final Cluster before;
    private final Cluster after;
    private final List<Told> told = new ArrayList<>();

    /// One event, and who may hear it.
    record Told(Words words, Predicate<Visibility> mayHear) {}

    /// An event that Mesos has too, or one of ours.
    sealed interface Words {

        record OfMesos(Event event) implements Words {}

        /// @param isWanted whether whoever listens has asked for it
        record Ours(OperatorEvent event, Predicate<Audience.More> isWanted) implements Words {}
    }

    private OperatorNews(Committed batch) {
        this.before = batch.before();
        this.after = batch.after();
    }

    static Stream<Told> of(Committed batch) {
        var news = new OperatorNews(batch);
        for (var event : batch.events())
            switch (event) {
                case io.meseta.master.core.cluster.Event.OfFramework(var each) -> news.tell(each);
                case io.meseta.master.core.cluster.Event.OfAgent(var each) -> news.tell(each);
                case io.meseta.master.core.cluster.Event.OfTask(var each) -> news.tell(each);
                case io.meseta.master.core.cluster.Event.OfUpkeep(var each) -> news.tell(each);
                case io.meseta.master.core.cluster.Event.OfCluster _,
                        io.meseta.master.core.cluster.Event.OfOperation _,
                        io.meseta.master.core.cluster.Event.OfExecutor _,
                        io.meseta.master.core.cluster.Event.OfRole _,
                        io.meseta.master.core.cluster.Event.OfOffer _ -> {
                    // Operators are not told.
                }
            }
        return Stream.concat(news.told.stream(), MoreNews.of(batch));
    }

    private void tell(FrameworkEvent event) {
        var id = event.framework();
        switch (event) {
            case FrameworkEvent.FrameworkRegistered _ -> after.framework(id).ifPresent(this::added);
            case FrameworkEvent.FrameworkResubscribed _, FrameworkEvent.FrameworkUpdated _ ->
                    after.framework(id).ifPresent(this::updated);
            case FrameworkEvent.FrameworkRemoved _ ->
                    // Registered and removed in one batch, it is only among the completed.
                    before.framework(id).ifPresent(this::removed);
            case FrameworkEvent.FrameworkConnected _,
                    FrameworkEvent.WishesChanged _,
                    FrameworkEvent.FrameworkDisconnected _,
                    FrameworkEvent.RolesSuppressed _,
                    FrameworkEvent.RolesRevived _ -> {
                // Mesos does not tell.
            }
        }
    }

    private void added(Framework framework) {
        var added = Event.FrameworkAdded.newBuilder().setFramework(shown(framework));
        tell(
                Event.newBuilder().setType(Event.Type.FRAMEWORK_ADDED).setFrameworkAdded(added),
                framework);
    }

    private void updated(Framework framework) {
        var updated = Event.FrameworkUpdated.newBuilder().setFramework(shown(framework));
        tell(
                Event.newBuilder()
                        .setType(Event.Type.FRAMEWORK_UPDATED)
                        .setFrameworkUpdated(updated),
                framework);
    }

    private void removed(Framework framework) {
        var info =
                Sealed.framework(framework.profile().wire()).toBuilder()
                        .setId(WireNames.id(framework.id()));
        var removed = Event.FrameworkRemoved.newBuilder().setFrameworkInfo(info);
        tell(
                Event.newBuilder()
                        .setType(Event.Type.FRAMEWORK_REMOVED)
                        .setFrameworkRemoved(removed),
                framework);
    }

    private void tell(Event.Builder event, Framework framework) {
        told.add(
                new Told(
                        new Words.OfMesos(event.build()),
                        visibility -> visibility.shows(framework)));
    }

    /// Without its offers, of which nothing else is told either, and connected, as whoever is told
    /// of is: so it is the same when it is told again from the journal.
    private Response.GetFrameworks.Framework shown(Framework framework) {
        var messages =
                new ClusterMessages(
                        new ClusterView(after, Visibility.ALL), Usage.of(after, framework.id()));
        return messages.framework(framework, Optional.empty()).toBuilder()
                .clearOffers()
                .clearOfferedResources()
                .clearOfferConstraints()
                .setActive(true)
                .setConnected(true)
                .setUnregisteredTime(TimeInfo.newBuilder().setNanoseconds(0))
                .build();
    }

    private void tell(AgentEvent event) {
        var id = event.agent();
        switch (event) {
            case AgentEvent.AgentAdmitted _ -> after.agent(id).ifPresent(this::added);
            case AgentEvent.AgentReturned _ -> {
                // For Mesos an agent that was out of reach was gone.
                if (before.agent(id).filter(Agent::isUnreachable).isPresent())
                    after.agent(id).ifPresent(this::added);
            }
            case AgentEvent.AgentLost _ -> after.agent(id).ifPresent(this::removed);
            case AgentEvent.AgentLinked _, AgentEvent.AgentUnlinked _, AgentEvent.OrderGiven _ -> {
                // Mesos does not tell.
            }
        }
    }

    /// For Mesos an agent that was out of reach was removed before.
    private void tell(UpkeepEvent event) {
        event.left()
                .flatMap(before::agent)
                .filter(agent -> !agent.isUnreachable())
                .ifPresent(this::removed);
    }

    private void added(Agent agent) {
        var messages =
                new ClusterMessages(
                        new ClusterView(after, Visibility.ALL), Usage.of(after, agent.id()));
        // The same when it is told again: whoever joins is connected, and was offered to nobody.
        var shown =
                messages.agent(agent).toBuilder()
                        .clearOfferedResources()
                        .setActive(!after.upkeep().isDeactivated(agent.id()));
        var added = Event.AgentAdded.newBuilder().setAgent(shown);
        tell(Event.newBuilder().setType(Event.Type.AGENT_ADDED).setAgentAdded(added), agent);
    }

    private void removed(Agent agent) {
        var removed = Event.AgentRemoved.newBuilder().setAgentId(WireNames.id(agent.id()));
        tell(Event.newBuilder().setType(Event.Type.AGENT_REMOVED).setAgentRemoved(removed), agent);
    }

    private void tell(Event.Builder event, Agent agent) {
        told.add(new Told(new Words.OfMesos(event.build()), visibility -> visibility.shows(agent)));
    }

    private void tell(TaskEvent event) {
        switch (event) {
            case TaskEvent.TaskLaunched(var key, var spec, var placement) ->
                    launched(Task.launched(key, spec, placement));
            case TaskEvent.StatusReceived(var key, var status, var newest, _) ->
                    updated(key, status, newest);
            case TaskEvent.StatusDeclared(var key, var status) ->
                    updated(key, status, status.state());
            case TaskEvent.StatusRepeated _,
                    TaskEvent.StatusAcknowledged _,
                    TaskEvent.EndAcknowledged _,
                    TaskEvent.KillWanted _,
                    TaskEvent.StatusAnswered _,
                    TaskEvent.StrayReported _ -> {
                // Mesos does not tell.
            }
        }
    }

    private void launched(Task task) {
        var added = Event.TaskAdded.newBuilder().setTask(ClusterMessages.task(task));
        tell(Event.newBuilder().setType(Event.Type.TASK_ADDED).setTaskAdded(added), task);
    }

    private void updated(TaskKey key, Status status, TaskState newest) {
        var task = task(key);
        if (task.isEmpty()) return;
        var agent = Optional.of(task.get().agent());
        var updated =
                Event.TaskUpdated.newBuilder()
                        .setFrameworkId(WireNames.id(key.framework()))
                        .setStatus(StatusWriting.write(key.task(), agent, status))
                        .setState(WireNames.of(newest));
        tell(
                Event.newBuilder().setType(Event.Type.TASK_UPDATED).setTaskUpdated(updated),
                task.get());
    }

    /// The task as it was, is, or was at its end.
    private Optional<Task> task(TaskKey key) {
        return after.tasks()
                .find(key)
                .or(() -> before.tasks().find(key))
                .or(() -> after.completed().find(key).map(each -> each.task()));
    }

    private void tell(Event.Builder event, Task task) {
        var framework = task.key().framework();
        // It may have ended with its framework.
        var owner = after.framework(framework).or(() -> before.framework(framework));
        told.add(
                new Told(
                        new Words.OfMesos(event.build()),
                        visibility -> visibility.shows(task, owner)));
    }
}
