package io.meseta.master.links;

import com.google.protobuf.ByteString;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.effect.Effect.Then;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.WireIds;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.resources.ResourceWriting;
import io.meseta.model.AgentId;
import io.meseta.wire.agent.Drain;
import io.meseta.wire.agent.Goodbye;
import io.meseta.wire.agent.Kill;
import io.meseta.wire.agent.Launch;
import io.meseta.wire.agent.MasterMessage;
import io.meseta.wire.agent.Operate;
import io.meseta.wire.agent.OperationHeard;
import io.meseta.wire.agent.Order;
import io.meseta.wire.agent.Ping;
import io.meseta.wire.agent.ShutdownFramework;
import io.meseta.wire.agent.StatusAcknowledgement;
import io.meseta.wire.agent.Welcome;
import java.time.Duration;
import java.util.Optional;

/// Puts what an agent may hear into the words of the agent link.
public final class AgentWords {

    static final MasterMessage PING =
            MasterMessage.newBuilder().setPing(Ping.getDefaultInstance()).build();

    private final Duration heartbeatInterval;

    AgentWords(Duration heartbeatInterval) {
        this.heartbeatInterval = heartbeatInterval;
    }

    /// @param cluster the state in which it is said
    MasterMessage message(Word word, AgentId agent, Cluster cluster) {
        var message = MasterMessage.newBuilder();
        switch (word) {
            case Word.Welcome(var epoch, var drain) -> {
                var welcome =
                        Welcome.newBuilder()
                                .setAgentId(WireNames.id(agent))
                                .setMasterId(cluster.reign().master().value())
                                .setEpoch(epoch.number())
                                .setHeartbeatIntervalMs((int) heartbeatInterval.toMillis());
                drain.ifPresent(each -> welcome.setDrain(drain(each)));
                message.setWelcome(welcome);
            }
            case Word.Drained(var drain) ->
                    message.setDrain(
                            drain.map(AgentWords::drain)
                                    .orElseGet(() -> Drain.newBuilder().setIsOver(true)));
            case Word.Launch launch ->
                    message.setOrder(order(cluster, launch.number()).setLaunch(launch(launch)));
            case Word.Kill(var number, var task, var policy) -> {
                var kill =
                        Kill.newBuilder()
                                .setFrameworkId(WireNames.id(task.framework()))
                                .setTaskId(WireNames.id(task.task()));
                if (policy.size() > 0) kill.setKillPolicy(Sealed.killPolicy(policy));
                message.setOrder(order(cluster, number).setKill(kill));
            }
            case Word.ShutdownFramework(var number, var framework) ->
                    message.setOrder(
                            order(cluster, number)
                                    .setShutdownFramework(
                                            ShutdownFramework.newBuilder()
                                                    .setFrameworkId(WireNames.id(framework))));
            case Word.Operate(var operation) ->
                    message.setOrder(
                            order(cluster, operation.key().order()).setOperate(operate(operation)));
            case Word.OperationHeard(var order) ->
                    message.setOperationHeard(OperationHeard.newBuilder().setOrder(order));
            case Word.Acknowledged(var task, var uuid) ->
                    message.setAcknowledgement(
                            StatusAcknowledgement.newBuilder()
                                    .setFrameworkId(WireNames.id(task.framework()))
                                    .setTaskId(WireNames.id(task.task()))
                                    .setUuid(ByteString.copyFrom(WireIds.bytes(uuid))));
        }
        return message.build();
    }

    /// Why a link ends for more than a moment.
    public static MasterMessage goodbye(Then then, String reason) {
        var goodbye =
                Goodbye.newBuilder()
                        .setReason(reason)
                        .setThen(
                                switch (then) {
                                    case STAY_AWAY -> Goodbye.Then.STAY_AWAY;
                                    case END_TASKS -> Goodbye.Then.END_TASKS;
                                });
        return MasterMessage.newBuilder().setGoodbye(goodbye).build();
    }

    private static Drain.Builder drain(io.meseta.master.core.upkeep.Drain drain) {
        var wire =
                Drain.newBuilder()
                        .setMarksGone(drain.marksGone())
                        .setSinceMs(drain.since().toEpochMilli());
        drain.graceMax().ifPresent(grace -> wire.setGraceMaxMs(millis(grace)));
        return wire;
    }

    /// Longer than any machine runs is as good as for ever.
    private static long millis(Duration grace) {
        return Math.min(grace.toSeconds(), Integer.MAX_VALUE) * 1_000 + grace.toMillisPart();
    }

    private static Order.Builder order(Cluster cluster, long number) {
        return Order.newBuilder().setEpoch(cluster.reign().epoch().number()).setNumber(number);
    }

    private static Operate operate(OrderedOperation operation) {
        var resources = new ResourceWriting(ResourceWriting.Form.NEWER, Optional.empty());
        var conversion = operation.spec().conversion();
        var operate =
                Operate.newBuilder()
                        .setOperation(Sealed.operation(operation.spec().wire()))
                        .setUuid(ByteString.copyFrom(WireIds.bytes(operation.key().uuid())))
                        .addAllConsumed(resources.write(conversion.consumed()))
                        .addAllConverted(resources.write(conversion.converted()));
        operation
                .owner()
                .ifPresent(owner -> operate.setFrameworkId(WireNames.id(owner.framework())));
        return operate.build();
    }

    private static Launch launch(Word.Launch launch) {
        var framework =
                Sealed.framework(launch.profile().wire()).toBuilder()
                        .setId(WireNames.id(launch.framework()));
        return Launch.newBuilder()
                .setFramework(framework)
                .setTask(Sealed.task(launch.task().wire()))
                .build();
    }
}
