package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.ClusterEvent.FeatureLevelRaised;
import io.meseta.master.core.cluster.ClusterEvent.LeadershipTaken;
import io.meseta.master.core.cluster.Command.FromAgent;
import io.meseta.master.core.cluster.Command.FromFramework;
import io.meseta.master.core.cluster.Decision.Accepted;
import io.meseta.master.core.cluster.Decision.Refused;
import io.meseta.master.core.cluster.Event.OfCluster;
import io.meseta.master.core.cluster.Refusal.EpochBehind;
import io.meseta.master.core.cluster.Refusal.NotLeading;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkDisconnected;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.RefusalPeriod;
import io.meseta.master.core.operation.Feedback;
import io.meseta.master.core.operation.Operating;
import io.meseta.master.core.operation.Operating.Verdict;
import io.meseta.master.core.operation.OperationAnswers;
import io.meseta.master.core.operation.OperationEvent.OperationOrdered;
import io.meseta.master.core.operation.OperationKey;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.role.QuotaChanges;
import io.meseta.master.core.role.RoleChange;
import io.meseta.master.core.role.SharingChanges;
import io.meseta.master.core.role.WeightChanges;
import io.meseta.master.core.upkeep.Asking;
import io.meseta.master.core.upkeep.Departing;
import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.core.upkeep.UpkeepRefusal;
import io.meseta.master.core.upkeep.UpkeepWish;
import io.meseta.master.core.upkeep.Wishes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Hands each command to the rules it falls under.
final class Decisions {

    private Decisions() {}

    static Decision on(Cluster cluster, Command command, Moment moment) {
        boolean isLed = !cluster.reign().epoch().equals(Epoch.NONE);
        if (!isLed && !(command instanceof Command.Lead)) return refused(new NotLeading());
        return switch (command) {
            case Command.Lead(var epoch, var master, var terms) ->
                    accepted(
                            List.of(
                                    new OfCluster(
                                            new LeadershipTaken(
                                                    epoch, master, terms, moment.at()))));
            case Command.Tick _ -> accepted(Deadlines.due(cluster, moment));
            case Command.Subscribe subscribe -> Subscriptions.decide(cluster, subscribe, moment);
            case Command.LoseStream lost -> accepted(streamLost(cluster, lost, moment));
            case FromFramework call -> call(cluster, call, moment);
            case Command.RemoveFramework(var id) ->
                    cluster.framework(id)
                            .map(each -> accepted(Removal.of(cluster, each, moment)))
                            .orElseGet(() -> refused(new Refusal.UnknownFramework(id)));
            case Command.Operate operate -> operate(cluster, operate, moment);
            case Command.UpdateWeights(var weights) ->
                    changed(WeightChanges.decide(cluster.rolePremises(), weights, moment.at()));
            case Command.UpdateQuotas(var quotas, var isForced) ->
                    changed(quotas(cluster, moment).update(quotas, isForced));
            case Command.SetQuota(var role, var guarantees, var isForced) ->
                    changed(quotas(cluster, moment).set(role, guarantees, isForced));
            case Command.RemoveQuota(var role) -> changed(quotas(cluster, moment).remove(role));
            case Command.ShareAs(var role, var sharing) ->
                    changed(
                            sharing.map(each ->
                                            SharingChanges.set(
                                                    cluster.roles(), role, each, moment.at()))
                                    .orElseGet(() ->
                                            SharingChanges.remove(
                                                    cluster.roles(), role, moment.at())));
            case Command.RaiseFeatureLevel(var level) -> accepted(raised(cluster, level, moment));
            case Command.KillTask(var key) ->
                    cluster.tasks()
                            .find(key)
                            .map(task -> accepted(Kills.byOperator(cluster, task, moment)))
                            .orElseGet(() -> refused(new Refusal.UnknownTask(key)));
            case Command.KeepUp(var wish) -> keepUp(cluster, wish, moment);
            case Command.Greet greet -> greet(cluster, greet, moment);
            case FromAgent report -> AgentReports.decide(cluster, report, moment);
        };
    }

    private static List<Event> raised(Cluster cluster, FeatureLevel level, Moment moment) {
        if (cluster.reign().level().covers(level)) return List.of();
        return List.of(new OfCluster(new FeatureLevelRaised(level, moment.at())));
    }

    private static Decision call(Cluster cluster, FromFramework call, Moment moment) {
        var refusal = Callers.check(cluster, call.caller());
        if (refusal.isPresent()) return new Refused(refusal.get());
        var framework = cluster.framework(call.caller().framework()).orElseThrow();
        return accepted(
                switch (call) {
                    case Command.Accept accept ->
                            Acceptance.decide(cluster, framework, accept, moment);
                    case Command.Decline decline ->
                            Declining.decide(cluster, framework, decline, moment);
                    case Command.Revive(_, var roles) -> Demand.revive(framework, roles);
                    case Command.Suppress(_, var roles) -> Demand.suppress(framework, roles);
                    case Command.RequestResources(_, var wishes) ->
                            Demand.request(framework, wishes, moment);
                    case Command.Kill kill -> Kills.decide(cluster, framework, kill, moment);
                    case Command.Acknowledge acknowledge ->
                            Acknowledgements.decide(cluster, acknowledge, moment);
                    case Command.Reconcile reconcile ->
                            Reconciliation.decide(cluster, framework, reconcile, moment);
                    case Command.AcknowledgeOperation acknowledge ->
                            Event.ofOperations(
                                    Feedback.acknowledged(
                                            cluster.operations(),
                                            framework.id(),
                                            acknowledge.operation(),
                                            acknowledge.uuid()));
                    case Command.ReconcileOperations(_, var questions) ->
                            Event.ofOperations(
                                    new OperationAnswers(cluster.operations(), cluster::agent)
                                            .to(framework.id(), questions));
                    case Command.UpdateFramework update ->
                            Subscriptions.update(cluster, framework, update, moment);
                    case Command.Teardown _ -> Removal.of(cluster, framework, moment);
                    case Command.ShutdownExecutor shutdown ->
                            Employment.shutdown(cluster, framework, shutdown, moment);
                    case Command.SendMessage message ->
                            Employment.message(cluster, framework, message);
                    case Command.AnswerInverseOffers(_, var offers, var isYes, var period) ->
                            Asking.answered(
                                            cluster.upkeep(),
                                            framework.id(),
                                            offers,
                                            isYes,
                                            moment.at(),
                                            period)
                                    .stream()
                                    .<Event>map(Event.OfUpkeep::new)
                                    .toList();
                });
    }

    private static Decision operate(Cluster cluster, Command.Operate command, Moment moment) {
        var found = cluster.agent(command.agent()).filter(each -> !each.isUnreachable());
        if (found.isEmpty()) return refused(new Refusal.UnknownAgent(command.agent()));
        var agent = found.get();
        var id = agent.id();
        long pending =
                cluster.operations()
                        .on(id)
                        .filter(each -> each.isPending() && each.owner().isEmpty())
                        .count();
        if (pending >= Operating.PENDING_MAX)
            return refused(new Refusal.TooMuch("operations on one agent", Operating.PENDING_MAX));
        var verdict =
                Operating.judge(
                        agent,
                        command.spec(),
                        Operating.used(cluster.tasks().heldOn(id)),
                        cluster.pool().available(id),
                        cluster.offers().countedOn(id));
        return switch (verdict) {
            case Verdict.Senseless(var problem) -> refused(new Refusal.OperationInvalid(problem));
            case Verdict.Lacking(var problem) -> refused(new Refusal.OperationConflicts(problem));
            case Verdict.Possible(var withdrawn) ->
                    accepted(operated(agent, command.spec(), withdrawn, moment));
        };
    }

    /// Whoever had been offered what is taken back is not offered it again for a while.
    private static List<Event> operated(
            Agent agent, OperationSpec spec, List<Offer> withdrawn, Moment moment) {
        var events = new ArrayList<Event>(Withdrawal.rescind(withdrawn));
        for (var offer : withdrawn)
            Declining.refuse(offer.grant(), RefusalPeriod.DEFAULT, moment).ifPresent(events::add);
        var key = new OperationKey(agent.id(), agent.lastOrder() + 1);
        events.add(
                new Event.OfOperation(
                        new OperationOrdered(key, spec, Optional.empty(), moment.at())));
        return events;
    }

    private static Decision greet(Cluster cluster, Command.Greet greet, Moment moment) {
        var seen = greet.recollection().epochSeen();
        if (seen.compareTo(cluster.reign().epoch()) > 0)
            return refused(new EpochBehind(greet.id().orElseGet(cluster::nextAgent), seen));
        var barred = barred(cluster, greet);
        if (barred.isPresent()) return refused(new Refusal.OfUpkeep(barred.get()));
        var resized = Greetings.resized(cluster, greet);
        if (resized.isPresent()) return new Refused(resized.get());
        return accepted(Greetings.decide(cluster, greet, moment));
    }

    private static Optional<UpkeepRefusal> barred(Cluster cluster, Command.Greet greet) {
        var machine = new MachineId(greet.profile().hostname(), greet.profile().site().ip());
        var id = greet.id().orElseGet(cluster::nextAgent);
        return Departing.barred(cluster.upkeep(), id, machine);
    }

    private static Decision keepUp(Cluster cluster, UpkeepWish wish, Moment moment) {
        var premises = cluster.premises();
        return Wishes.refusal(premises, wish)
                .map(why -> refused(new Refusal.OfUpkeep(why)))
                .orElseGet(() ->
                        accepted(Event.ofUpkeep(Wishes.consequences(premises, wish, moment.at()))));
    }

    private static QuotaChanges quotas(Cluster cluster, Moment moment) {
        return new QuotaChanges(cluster.rolePremises(), moment.at());
    }

    private static Decision changed(RoleChange change) {
        return switch (change) {
            case RoleChange.Made(var changes, var rescinded) -> {
                var events = new ArrayList<Event>();
                for (var each : changes) events.add(new Event.OfRole(each));
                events.addAll(Withdrawal.rescind(rescinded));
                yield accepted(events);
            }
            case RoleChange.Impossible(var problem) -> refused(new Refusal.QuotaRefused(problem));
            case RoleChange.TooMany(var what, var limit) ->
                    refused(new Refusal.TooMuch(what, limit));
        };
    }

    private static List<Event> streamLost(Cluster cluster, Command.LoseStream lost, Moment moment) {
        var framework = cluster.framework(lost.framework());
        var isCurrent =
                framework.flatMap(each -> each.stream()).filter(lost.stream()::equals).isPresent();
        if (framework.isEmpty() || !isCurrent) return List.of();
        var events =
                new ArrayList<Event>(Withdrawal.discard(cluster.offers().of(lost.framework())));
        var deadline = moment.at().plus(framework.get().profile().failoverTimeout());
        events.add(
                new Event.OfFramework(
                        new FrameworkDisconnected(lost.framework(), moment.at(), deadline)));
        return events;
    }

    static Decision accepted(List<Event> events) {
        return new Accepted(events);
    }

    static Decision refused(Refusal refusal) {
        return new Refused(refusal);
    }
}
