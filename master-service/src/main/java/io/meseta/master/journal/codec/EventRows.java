package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.toInstant;

import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.ClusterEvent;
import io.meseta.master.core.cluster.ClusterEvent.FeatureLevelRaised;
import io.meseta.master.core.cluster.ClusterEvent.LeadershipTaken;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.executor.ExecutorEvent;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.journal.v1.EventRow;
import io.meseta.master.journal.v1.LeadershipTakenRow;
import io.meseta.model.MasterId;

/// The sum of all events, and those of the cluster as a whole.
final class EventRows {

    private EventRows() {}

    static EventRow of(Event event) {
        return switch (event) {
            case Event.OfCluster(var each) -> of(each);
            case Event.OfFramework(var each) -> FrameworkRows.of(each);
            case Event.OfAgent(var each) -> AgentRows.of(each);
            case Event.OfTask(var each) -> TaskRows.of(each);
            case Event.OfOperation(var each) -> OperationRows.of(each);
            case Event.OfExecutor(var each) -> ExecutorRows.of(each);
            case Event.OfRole(var each) -> RoleRows.of(each);
            case Event.OfUpkeep(var each) -> UpkeepRows.of(each);
            case Event.OfOffer(var each) -> throw passing(each);
        };
    }

    static Event toEvent(EventRow row) {
        known(row);
        return switch (row.getEventCase()) {
            case LEADERSHIP_TAKEN -> new Event.OfCluster(toEvent(row.getLeadershipTaken()));
            case FRAMEWORK_REGISTERED -> of(FrameworkRows.toEvent(row.getFrameworkRegistered()));
            case FRAMEWORK_RESUBSCRIBED ->
                    of(FrameworkRows.toEvent(row.getFrameworkResubscribed()));
            case FRAMEWORK_UPDATED -> of(FrameworkRows.toEvent(row.getFrameworkUpdated()));
            case FRAMEWORK_DISCONNECTED ->
                    of(FrameworkRows.toEvent(row.getFrameworkDisconnected()));
            case FRAMEWORK_REMOVED -> of(FrameworkRows.toEvent(row.getFrameworkRemoved()));
            case AGENT_ADMITTED -> of(AgentRows.toEvent(row.getAgentAdmitted()));
            case AGENT_RETURNED -> of(AgentRows.toEvent(row.getAgentReturned()));
            case AGENT_LOST -> of(AgentRows.toEvent(row.getAgentLost()));
            case FRAMEWORK_SHUTDOWN_ORDERED ->
                    of(AgentRows.toEvent(row.getFrameworkShutdownOrdered()));
            case STRAY_KILL_ORDERED -> of(AgentRows.toEvent(row.getStrayKillOrdered()));
            case TASK_LAUNCHED -> of(TaskRows.toEvent(row.getTaskLaunched()));
            case STATUS_RECEIVED -> of(TaskRows.toEvent(row.getStatusReceived()));
            case STATUS_DECLARED -> of(TaskRows.toEvent(row.getStatusDeclared()));
            case END_ACKNOWLEDGED -> of(TaskRows.toEvent(row.getEndAcknowledged()));
            case KILL_WANTED -> of(TaskRows.toEvent(row.getKillWanted()));
            case EXECUTOR_LAUNCHED -> of(ExecutorRows.toEvent(row.getExecutorLaunched()));
            case EXECUTOR_ENDED -> of(ExecutorRows.toEvent(row.getExecutorEnded()));
            case EXECUTOR_SHUTDOWN_WANTED ->
                    of(ExecutorRows.toEvent(row.getExecutorShutdownWanted()));
            case EXECUTOR_SHUTDOWN_ORDERED ->
                    of(ExecutorRows.toEvent(row.getExecutorShutdownOrdered()));
            case OPERATION_ORDERED -> of(OperationRows.toEvent(row.getOperationOrdered()));
            case OPERATION_ENDED -> of(OperationRows.toEvent(row.getOperationEnded()));
            case OPERATION_ACKNOWLEDGED ->
                    of(OperationRows.toEvent(row.getOperationAcknowledged()));
            case WEIGHTS_UPDATED -> new Event.OfRole(RoleRows.toEvent(row.getWeightsUpdated()));
            case QUOTAS_UPDATED -> new Event.OfRole(RoleRows.toEvent(row.getQuotasUpdated()));
            case QUOTA_REMOVED -> new Event.OfRole(RoleRows.toEvent(row.getQuotaRemoved()));
            case SHARING_SET -> new Event.OfRole(SharingRows.toEvent(row.getSharingSet()));
            case SHARING_REMOVED -> new Event.OfRole(SharingRows.toEvent(row.getSharingRemoved()));
            case AGENT_DEACTIVATED -> of(UpkeepRows.toEvent(row.getAgentDeactivated()));
            case AGENT_REACTIVATED -> of(UpkeepRows.toEvent(row.getAgentReactivated()));
            case DRAIN_BEGUN -> of(UpkeepRows.toEvent(row.getDrainBegun()));
            case DRAIN_ENDED -> of(UpkeepRows.toEvent(row.getDrainEnded()));
            case AGENT_GONE -> of(UpkeepRows.toEvent(row.getAgentGone()));
            case AGENT_REMOVED -> of(UpkeepRows.toEvent(row.getAgentRemoved()));
            case GONE_ELAPSED -> of(UpkeepRows.toEvent(row.getGoneElapsed()));
            case SCHEDULE_SET -> of(UpkeepRows.toEvent(row.getScheduleSet()));
            case MACHINES_TAKEN_DOWN -> of(UpkeepRows.toEvent(row.getMachinesTakenDown()));
            case MACHINES_BROUGHT_UP -> of(UpkeepRows.toEvent(row.getMachinesBroughtUp()));
            case FEATURE_LEVEL_RAISED ->
                    new Event.OfCluster(LevelRows.toEvent(row.getFeatureLevelRaised()));
            case EVENT_NOT_SET -> throw new UnknownContent("an event has no kind");
        };
    }

    static IllegalArgumentException passing(Object event) {
        return new IllegalArgumentException("a passing event is not journalled: " + event);
    }

    private static EventRow of(ClusterEvent event) {
        return switch (event) {
            case FeatureLevelRaised raised ->
                    EventRow.newBuilder().setFeatureLevelRaised(LevelRows.of(raised)).build();
            case LeadershipTaken(var epoch, var master, var terms, var at) ->
                    EventRow.newBuilder()
                            .setLeadershipTaken(
                                    LeadershipTakenRow.newBuilder()
                                            .setEpoch(epoch.number())
                                            .setMaster(master.value())
                                            .setTerms(StateRows.of(terms))
                                            .setAt(PlainRows.row(at)))
                            .build();
        };
    }

    private static LeadershipTaken toEvent(LeadershipTakenRow row) {
        known(row);
        require(row.hasAt() && row.hasTerms(), "a leadership's time or terms");
        return new LeadershipTaken(
                new Epoch(row.getEpoch()),
                new MasterId(row.getMaster()),
                StateRows.toTerms(row.getTerms()),
                toInstant(row.getAt()));
    }

    private static Event of(FrameworkEvent event) {
        return new Event.OfFramework(event);
    }

    private static Event of(AgentEvent event) {
        return new Event.OfAgent(event);
    }

    private static Event of(UpkeepEvent event) {
        return new Event.OfUpkeep(event);
    }

    private static Event of(OperationEvent event) {
        return new Event.OfOperation(event);
    }

    private static Event of(ExecutorEvent event) {
        return new Event.OfExecutor(event);
    }

    private static Event of(TaskEvent event) {
        return new Event.OfTask(event);
    }
}
