package io.meseta.master.operators;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.engine.Committed;
import io.meseta.master.events.Audience;
import io.meseta.master.events.Dialect;
import io.meseta.master.events.News;
import io.meseta.master.events.Position;
import io.meseta.master.views.ClusterView;
import io.meseta.master.views.RoleShade;
import io.meseta.master.views.Visibility;
import io.meseta.master.wire.OperationWriting;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.v1.master.Event;
import io.meseta.wire.events.OperatorEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Mesos' stream for operators: the state, a heartbeat, then each event on its own.
final class OperatorDialect implements Dialect {

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final byte[] NOTHING = new byte[0];
    private static final Event HEARTBEAT = Event.newBuilder().setType(Event.Type.HEARTBEAT).build();

    private final double heartbeatSeconds;

    OperatorDialect(Duration heartbeatInterval) {
        this.heartbeatSeconds = heartbeatInterval.toMillis() / MILLIS_PER_SECOND;
    }

    @Override
    public Optional<News> news(Position from, List<Committed> batches, Position to) {
        var told = batches.stream().flatMap(OperatorNews::of).toList();
        if (told.isEmpty()) return Optional.empty();
        boolean isPassing = from.sequence() == to.sequence();
        return Optional.of(
                new Happenings(told, isPassing ? to.sequence() : to.sequence() - 1, to.sequence()));
    }

    @Override
    public boolean tellsBatchesApart() {
        return true;
    }

    @Override
    public void snapshot(Position position, Audience audience, OutputStream out)
            throws IOException {
        var view = new ClusterView(position.cluster(), audience.visibility());
        var number =
                audience.more().isNumbered()
                        ? OptionalLong.of(position.sequence())
                        : OptionalLong.empty();
        new ClusterAnswers(view).subscribed(audience.format(), heartbeatSeconds, number, out);
    }

    /// A record begins with its length.
    @Override
    public boolean measuresSnapshots() {
        return true;
    }

    @Override
    public byte[] beforeSnapshot(long bytes) {
        return (bytes + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// Mesos' state knows neither operations nor quotas, so they come one by one.
    @Override
    public byte[] afterSnapshot(Position position, Audience audience) {
        var out = new ByteArrayOutputStream();
        var cluster = position.cluster();
        if (audience.more().operations())
            cluster.operations()
                    .all()
                    .filter(each ->
                            OperationsAnswer.isVisible(each, cluster, audience.visibility()))
                    .map(each -> operation(each, position.sequence()))
                    .forEach(each -> out.writeBytes(OperatorFrames.frame(audience.format(), each)));
        if (audience.more().quota())
            cluster.roles().quotas().entrySet().stream()
                    .filter(each -> audience.visibility().showsQuota(each.getKey()))
                    .map(each -> QuotaNews.updated(each.getKey(), each.getValue()))
                    .map(each -> each.setSequence(position.sequence()).build())
                    .forEach(each -> out.writeBytes(OperatorFrames.frame(audience.format(), each)));
        out.writeBytes(beat(audience, position.sequence()));
        return out.toByteArray();
    }

    private static OperatorEvent operation(OrderedOperation operation, long sequence) {
        return OperatorEvent.newBuilder()
                .setType(OperatorEvent.Type.OPERATION_UPDATED)
                .setOperationUpdated(
                        OperatorEvent.OperationUpdated.newBuilder()
                                .setOperation(OperationWriting.write(operation)))
                .setSequence(sequence)
                .build();
    }

    @Override
    public byte[] beat(Audience audience, long sequence) {
        return audience.more().isNumbered()
                ? OperatorFrames.numbered(audience.format(), HEARTBEAT, sequence)
                : OperatorFrames.frame(audience.format(), HEARTBEAT);
    }

    /// Who is connected is not in the journal, so it is said of all agents at once.
    @Override
    public byte[] resumed(Position position, Audience audience) {
        var resumed = OperatorEvent.Resumed.newBuilder();
        if (audience.more().agents())
            position.cluster().agents().values().stream()
                    .filter(Agent::isLinked)
                    .filter(audience.visibility()::shows)
                    .forEach(agent -> resumed.addActiveAgents(WireNames.id(agent.id())));
        return OperatorFrames.frame(
                audience.format(),
                OperatorEvent.newBuilder()
                        .setType(OperatorEvent.Type.RESUMED)
                        .setResumed(resumed)
                        .setSequence(position.sequence())
                        .build());
    }

    @Override
    public byte[] reset(Audience audience, String reason) {
        return OperatorFrames.frame(
                audience.format(),
                OperatorEvent.newBuilder()
                        .setType(OperatorEvent.Type.RESET)
                        .setReset(OperatorEvent.Reset.newBuilder().setReason(reason))
                        .build());
    }

    /// Mesos has no word for it.
    @Override
    public byte[] end(Audience audience, String reason) {
        return NOTHING;
    }

    /// What one batch has to tell.
    ///
    /// @param during the number that all but the last of its events come with: who has read only
    ///   some of them must be told all of them again
    /// @param done the number that the last one comes with
    private record Happenings(List<OperatorNews.Told> told, long during, long done)
            implements News {

        private static final int OBJECTS_COST = 512;

        @Override
        public long cost() {
            return told.stream().mapToLong(each -> OBJECTS_COST + 2L * size(each.words())).sum();
        }

        private static int size(OperatorNews.Words words) {
            return switch (words) {
                case OperatorNews.Words.OfMesos(var event) -> event.getSerializedSize();
                case OperatorNews.Words.Ours(var event, _) -> event.getSerializedSize();
            };
        }

        @Override
        public byte[] frame(Audience audience) {
            var heard = told.stream().filter(each -> isHeard(each, audience)).toList();
            var out = new ByteArrayOutputStream();
            for (int i = 0; i < heard.size(); i++) {
                long number = i == heard.size() - 1 ? done : during;
                out.writeBytes(frame(heard.get(i).words(), audience, number));
            }
            return out.toByteArray();
        }

        private static boolean isHeard(OperatorNews.Told each, Audience audience) {
            boolean isWanted =
                    !(each.words() instanceof OperatorNews.Words.Ours(_, var wanted))
                            || wanted.test(audience.more());
            return isWanted && each.mayHear().test(audience.visibility());
        }

        private static byte[] frame(OperatorNews.Words words, Audience audience, long number) {
            var format = audience.format();
            return switch (words) {
                case OperatorNews.Words.OfMesos(var event) -> {
                    var shown = shaded(event, audience.visibility());
                    yield audience.more().isNumbered()
                            ? OperatorFrames.numbered(format, shown, number)
                            : OperatorFrames.frame(format, shown);
                }
                case OperatorNews.Words.Ours(var event, _) -> {
                    var shown = event.toBuilder().setSequence(number);
                    if (event.hasAgentUpdated())
                        shown.getAgentUpdatedBuilder()
                                .setAgent(
                                        RoleShade.agent(
                                                event.getAgentUpdated().getAgent(),
                                                audience.visibility()));
                    yield OperatorFrames.frame(format, shown.build());
                }
            };
        }

        private static Event shaded(Event event, Visibility visibility) {
            if (!event.hasAgentAdded() || visibility.equals(Visibility.ALL)) return event;
            var agent = RoleShade.agent(event.getAgentAdded().getAgent(), visibility);
            return event.toBuilder()
                    .setAgentAdded(Event.AgentAdded.newBuilder().setAgent(agent))
                    .build();
        }
    }
}
