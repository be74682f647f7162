package io.meseta.master.links;

import com.google.protobuf.ByteString;
import io.meseta.master.about.Self;
import io.meseta.master.core.agent.Reach;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.upkeep.InverseOffer;
import io.meseta.master.wire.OfferWriting;
import io.meseta.master.wire.OperationWriting;
import io.meseta.master.wire.StatusWriting;
import io.meseta.master.wire.Times;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.model.AgentId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Puts what a framework may hear into the words of the scheduler API.
final class FrameworkNews {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final Self self;
    private final Duration heartbeatInterval;

    FrameworkNews(Self self, Duration heartbeatInterval) {
        this.self = self;
        this.heartbeatInterval = heartbeatInterval;
    }

    static final Event HEARTBEAT = Event.newBuilder().setType(Event.Type.HEARTBEAT).build();

    static Event error(String message) {
        return Event.newBuilder()
                .setType(Event.Type.ERROR)
                .setError(Event.Error.newBuilder().setMessage(message))
                .build();
    }

    /// @param cluster the state in which the news are true
    List<Event> events(News news, Framework reader, Cluster cluster) {
        return switch (news) {
            // Mesos lets the first heartbeat follow at once, and some clients wait for it.
            case News.Subscribed _ -> List.of(subscribed(reader, cluster), HEARTBEAT);
            case News.Offered offered -> offered(offered, reader, cluster);
            case News.Rescinded(var offer) ->
                    List.of(
                            Event.newBuilder()
                                    .setType(Event.Type.RESCIND)
                                    .setRescind(
                                            Event.Rescind.newBuilder()
                                                    .setOfferId(WireNames.id(offer)))
                                    .build());
            case News.Updated(var key, var agent, var status) ->
                    List.of(
                            Event.newBuilder()
                                    .setType(Event.Type.UPDATE)
                                    .setUpdate(
                                            Event.Update.newBuilder()
                                                    .setStatus(
                                                            updated(key, agent, status, cluster)))
                                    .build());
            case News.OperationUpdated(var status) ->
                    List.of(
                            Event.newBuilder()
                                    .setType(Event.Type.UPDATE_OPERATION_STATUS)
                                    .setUpdateOperationStatus(
                                            Event.UpdateOperationStatus.newBuilder()
                                                    .setStatus(OperationWriting.write(status)))
                                    .build());
            case News.ExecutorFailed(var agent, var executor, var status) -> {
                var failure =
                        Event.Failure.newBuilder()
                                .setAgentId(WireNames.id(agent))
                                .setExecutorId(WireNames.id(executor));
                status.ifPresent(failure::setStatus);
                yield List.of(
                        Event.newBuilder().setType(Event.Type.FAILURE).setFailure(failure).build());
            }
            case News.Message(var agent, var executor, var data) ->
                    List.of(
                            Event.newBuilder()
                                    .setType(Event.Type.MESSAGE)
                                    .setMessage(
                                            Event.Message.newBuilder()
                                                    .setAgentId(WireNames.id(agent))
                                                    .setExecutorId(WireNames.id(executor))
                                                    .setData(
                                                            ByteString.copyFrom(data.asReadOnly())))
                                    .build());
            case News.Asked(var offers) -> asked(offers, cluster);
            case News.Unasked(var offer) ->
                    List.of(
                            Event.newBuilder()
                                    .setType(Event.Type.RESCIND_INVERSE_OFFER)
                                    .setRescindInverseOffer(
                                            Event.RescindInverseOffer.newBuilder()
                                                    .setInverseOfferId(WireNames.id(offer)))
                                    .build());
            case News.AgentFailed(var agent) ->
                    List.of(
                            Event.newBuilder()
                                    .setType(Event.Type.FAILURE)
                                    .setFailure(
                                            Event.Failure.newBuilder()
                                                    .setAgentId(WireNames.id(agent)))
                                    .build());
        };
    }

    /// Whoever hears of a task out of reach also hears since when, in whatever words.
    private static TaskStatus updated(
            TaskKey key, Optional<AgentId> agent, Status status, Cluster cluster) {
        var wire = StatusWriting.write(key.task(), agent, status);
        boolean isOutOfReach =
                status.state() == TaskState.TASK_UNREACHABLE
                        || status.state() == TaskState.TASK_LOST;
        if (!isOutOfReach || status.uuid().isPresent()) return wire;
        return agent.flatMap(cluster::agent)
                .flatMap(known ->
                        known.reach() instanceof Reach.Unreachable(var since)
                                ? Optional.of(since)
                                : Optional.empty())
                .map(since -> wire.toBuilder().setUnreachableTime(Times.info(since)).build())
                .orElse(wire);
    }

    private Event subscribed(Framework reader, Cluster cluster) {
        var subscribed =
                Event.Subscribed.newBuilder()
                        .setFrameworkId(WireNames.id(reader.id()))
                        .setHeartbeatIntervalSeconds(
                                heartbeatInterval.toMillis() / MILLIS_PER_SECOND)
                        .setMasterInfo(self.info(cluster.reign().master()));
        return Event.newBuilder().setType(Event.Type.SUBSCRIBED).setSubscribed(subscribed).build();
    }

    private static List<Event> asked(List<InverseOffer> some, Cluster cluster) {
        var offers = Event.InverseOffers.newBuilder();
        for (var offer : some)
            cluster.agent(offer.spot().agent())
                    .ifPresent(agent -> offers.addInverseOffers(OfferWriting.write(offer, agent)));
        if (offers.getInverseOffersCount() == 0) return List.of();
        return List.of(
                Event.newBuilder()
                        .setType(Event.Type.INVERSE_OFFERS)
                        .setInverseOffers(offers)
                        .build());
    }

    /// An offer whose agent is gone by now is left out: its end is in the same batch.
    private static List<Event> offered(News.Offered offered, Framework reader, Cluster cluster) {
        var offers = Event.Offers.newBuilder();
        for (var offer : offered.offers())
            cluster.agent(offer.agent())
                    .ifPresent(agent ->
                            offers.addOffers(OfferWriting.write(offer, reader, agent, cluster)));
        if (offers.getOffersCount() == 0) return List.of();
        return List.of(Event.newBuilder().setType(Event.Type.OFFERS).setOffers(offers).build());
    }
}
