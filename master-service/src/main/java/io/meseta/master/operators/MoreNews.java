package io.meseta.master.operators;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.operation.OperationKey;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.core.role.RoleEvent;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.engine.Committed;
import io.meseta.master.events.Audience.More;
import io.meseta.master.state.Usage;
import io.meseta.master.views.ClusterView;
import io.meseta.master.views.Visibility;
import io.meseta.master.wire.OperationWriting;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.v1.master.Response;
import io.meseta.model.AgentId;
import io.meseta.wire.events.OperatorEvent;
import io.meseta.wire.events.OperatorEvent.AgentUpdated;
import io.meseta.wire.events.OperatorEvent.OperationRemoved;
import io.meseta.wire.events.OperatorEvent.OperationUpdated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What has happened in a batch that Mesos has no event for: to agents, operations and quota. Told
/// to whoever asks for it.
final class MoreNews {

    private final Cluster before;
    private final Cluster after;
    private final SortedSet<AgentId> agents = new TreeSet<>();
    private final List<OperatorNews.Told> told = new ArrayList<>();

    private MoreNews(Committed batch) {
        this.before = batch.before();
        this.after = batch.after();
    }

    static Stream<OperatorNews.Told> of(Committed batch) {
        var news = new MoreNews(batch);
        for (var event : batch.events()) news.look(event);
        for (var agent : news.agents) news.agent(agent);
        return news.told.stream();
    }

    private void look(Event event) {
        // Whatever happens to an agent: how it is now says what it was.
        if (event instanceof Event.OfAgent(var each) && !(each instanceof AgentEvent.OrderGiven))
            agents.add(each.agent());
        if (event instanceof Event.OfUpkeep(var each)) upkeep(each);
        if (event instanceof Event.OfOperation(var each)) operation(each);
        if (event instanceof Event.OfRole(var each)) quota(each);
        if (event instanceof Event.OfFramework(FrameworkEvent.FrameworkRemoved(var id, _)))
            before.operations()
                    .of(id)
                    .map(OrderedOperation::key)
                    .filter(key -> after.operations().find(key).isEmpty())
                    .forEach(this::removed);
    }

    private void upkeep(UpkeepEvent event) {
        if (event instanceof UpkeepEvent.AgentDeactivated(var id, _)) agents.add(id);
        if (event instanceof UpkeepEvent.AgentReactivated(var id, _)) agents.add(id);
        if (event instanceof UpkeepEvent.DrainBegun(var id, _)) agents.add(id);
        if (event instanceof UpkeepEvent.DrainEnded(var id, _)) agents.add(id);
    }

    /// Agents that have come or gone are told of in Mesos' words.
    private void agent(AgentId id) {
        var then = before.agent(id).filter(agent -> !agent.isUnreachable());
        var now = after.agent(id).filter(agent -> !agent.isUnreachable());
        if (then.isEmpty() || now.isEmpty()) return;
        var usage = Usage.of(after, id);
        var shown = shown(now.get(), after, usage);
        if (shown.equals(shown(then.get(), before, usage))) return;
        var event =
                OperatorEvent.newBuilder()
                        .setType(OperatorEvent.Type.AGENT_UPDATED)
                        .setAgentUpdated(AgentUpdated.newBuilder().setAgent(shown));
        tell(event, More::agents, visibility -> visibility.shows(now.get()));
    }

    private static Response.GetAgents.Agent shown(Agent agent, Cluster cluster, Usage usage) {
        return new ClusterMessages(new ClusterView(cluster, Visibility.ALL), usage).agent(agent);
    }

    private void operation(OperationEvent event) {
        switch (event) {
            case OperationEvent.OperationOrdered(var key, var spec, var owner, var at) -> {
                agents.add(key.agent());
                updated(OrderedOperation.ordered(key, spec, owner, at));
            }
            case OperationEvent.OperationEnded(var key, var state, var message, var at) -> {
                agents.add(key.agent());
                known(key).ifPresent(each -> updated(each.ended(state, message, at)));
                if (after.operations().find(key).isEmpty()) removed(key);
            }
            case OperationEvent.OperationAcknowledged(var key) -> removed(key);
            case OperationEvent.OperationRepeated _,
                    OperationEvent.OperationAnswered _,
                    OperationEvent.StrayEnded _ -> {
                // Nothing is other than before.
            }
        }
    }

    private Optional<OrderedOperation> known(OperationKey key) {
        return before.operations().find(key).or(() -> after.operations().find(key));
    }

    private void updated(OrderedOperation operation) {
        var event =
                OperatorEvent.newBuilder()
                        .setType(OperatorEvent.Type.OPERATION_UPDATED)
                        .setOperationUpdated(
                                OperationUpdated.newBuilder()
                                        .setOperation(OperationWriting.write(operation)));
        tell(event, More::operations, OperationsAnswer.viewers(operation, after));
    }

    private void removed(OperationKey key) {
        var operation = known(key);
        if (operation.isEmpty()) return;
        var removed =
                OperationRemoved.newBuilder()
                        .setAgentId(WireNames.id(key.agent()))
                        .setOperationUuid(OperationWriting.write(operation.get()).getUuid());
        tell(
                OperatorEvent.newBuilder()
                        .setType(OperatorEvent.Type.OPERATION_REMOVED)
                        .setOperationRemoved(removed),
                More::operations,
                OperationsAnswer.viewers(operation.get(), before));
    }

    private void quota(RoleEvent event) {
        if (event instanceof RoleEvent.QuotasUpdated(var quotas, _))
            quotas.forEach((role, quota) ->
                    tell(
                            QuotaNews.updated(role, quota),
                            More::quota,
                            visibility -> visibility.showsQuota(role)));
        if (event instanceof RoleEvent.QuotaRemoved(var role, _))
            tell(QuotaNews.removed(role), More::quota, visibility -> visibility.showsQuota(role));
    }

    private void tell(
            OperatorEvent.Builder event, Predicate<More> wanted, Predicate<Visibility> mayHear) {
        told.add(
                new OperatorNews.Told(new OperatorNews.Words.Ours(event.build(), wanted), mayHear));
    }
}
