package io.meseta.agent.master;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.machine.Decision;
import io.meseta.agent.core.machine.Refusal;
import io.meseta.agent.engine.CommandDoor;
import io.meseta.agent.engine.InboxFull;
import io.meseta.agent.engine.Unrecorded;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.model.AgentId;
import io.meseta.model.MasterId;
import io.meseta.wire.agent.Drain;
import io.meseta.wire.agent.Goodbye;
import io.meseta.wire.agent.MasterMessage;
import io.meseta.wire.agent.StatusAcknowledgement;
import io.meseta.wire.agent.Welcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stream of messages from a master, from welcome to end.
final class Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    /// A launch with all its labels and data; far above what a master takes from a framework.
    private static final int RECORD_BYTES_MAX = 64 << 20;

    private static final int SILENT_INTERVALS_MAX = 5;
    private static final Duration WELCOME_MAX = Duration.ofSeconds(30);
    private static final int UUID_BYTES = 16;

    private final CommandDoor door;
    private final Consumer<Welcome> onWelcome;
    private boolean isWelcomed;

    /// A conversation that has yet to begin.
    ///
    /// @param onWelcome told once the agent has accepted the welcome
    Conversation(CommandDoor door, Consumer<Welcome> onWelcome) {
        this.door = door;
        this.onWelcome = onWelcome;
    }

    /// Listens until the stream ends and returns why; [BrokenConversation] when it can't go on.
    String listen(InputStream stream) throws BrokenConversation, InterruptedException {
        try (var silence = new Silence(stream, WELCOME_MAX)) {
            return listen(new RecordReader(stream, RECORD_BYTES_MAX), silence);
        }
    }

    private String listen(RecordReader reader, Silence silence)
            throws BrokenConversation, InterruptedException {
        try {
            while (true) {
                var record = reader.next();
                if (record.isEmpty()) return ending(silence, "the master closed the stream");
                silence.heard();
                var message = MasterMessage.parseFrom(record.get());
                if (message.getMessageCase() == MasterMessage.MessageCase.GOODBYE) {
                    return goodbye(message.getGoodbye());
                }
                take(message, silence);
            }
        } catch (InvalidProtocolBufferException malformed) {
            throw new BrokenConversation("a message can't be read", malformed);
        } catch (IOException failure) {
            throw new BrokenConversation(ending(silence, "the stream broke"), failure);
        } catch (InboxFull | Unrecorded failure) {
            throw new BrokenConversation("this agent can't take an order now", failure);
        }
    }

    private static String ending(Silence silence, String otherwise) {
        return silence.isOver() ? "nothing was heard for too long" : otherwise;
    }

    private void take(MasterMessage message, Silence silence)
            throws BrokenConversation, InterruptedException {
        switch (message.getMessageCase()) {
            case WELCOME -> welcome(message.getWelcome(), silence);
            case ORDER -> {
                var order = message.getOrder();
                checkWelcomed();
                var command =
                        new Command.TakeOrder(
                                order.getEpoch(), order.getNumber(), OrderMapping.order(order));
                submit(command);
            }
            case ACKNOWLEDGEMENT -> acknowledge(message.getAcknowledgement());
            case OPERATION_HEARD ->
                    submit(new Command.OutcomeHeard(message.getOperationHeard().getOrder()));
            case DRAIN -> {
                checkWelcomed();
                submit(drained(message.getDrain()));
            }
            case PING -> {}
            case GOODBYE -> {}
            // A later master may say more; what this agent does not know it can't need.
            case MESSAGE_NOT_SET -> LOG.debug("A message of an unknown kind was passed over.");
        }
    }

    private void welcome(Welcome welcome, Silence silence)
            throws BrokenConversation, InterruptedException {
        Command command;
        try {
            command =
                    new Command.Welcome(
                            new AgentId(welcome.getAgentId().getValue()),
                            new MasterId(welcome.getMasterId()),
                            welcome.getEpoch());
        } catch (IllegalArgumentException malformed) {
            throw new BrokenConversation("the welcome makes no sense", malformed);
        }
        int interval = welcome.getHeartbeatIntervalMs();
        if (interval <= 0) throw new BrokenConversation("the welcome names no heartbeat interval");
        submit(command);
        submit(drained(welcome.getDrain()));
        isWelcomed = true;
        silence.limit(Duration.ofMillis(interval).multipliedBy(SILENT_INTERVALS_MAX));
        onWelcome.accept(welcome);
    }

    private void acknowledge(StatusAcknowledgement acknowledgement)
            throws BrokenConversation, InterruptedException {
        checkWelcomed();
        if (acknowledgement.getUuid().size() != UUID_BYTES) {
            throw new BrokenConversation("an acknowledgement's uuid is not 16 bytes long");
        }
        var bytes = acknowledgement.getUuid().asReadOnlyByteBuffer();
        try {
            var key =
                    OrderMapping.key(acknowledgement.getFrameworkId(), acknowledgement.getTaskId());
            submit(new Command.Acknowledge(key, new UUID(bytes.getLong(), bytes.getLong())));
        } catch (IllegalArgumentException malformed) {
            throw new BrokenConversation("an acknowledgement makes no sense", malformed);
        }
    }

    private String goodbye(Goodbye goodbye) throws InterruptedException {
        switch (goodbye.getThen()) {
            case RETURN, UNRECOGNIZED -> {}
            case START_OVER -> door.submit(new Command.StartOver());
            case END_TASKS -> door.submit(new Command.EndTasks());
            case STAY_AWAY -> door.submit(new Command.StayAway(goodbye.getReason()));
        }
        return "the master said goodbye: " + goodbye.getReason();
    }

    /// Nothing said, or nothing left of it, is no drain.
    private static Command drained(Drain drain) throws BrokenConversation {
        if (drain.equals(Drain.getDefaultInstance()) || drain.getIsOver())
            return new Command.HearOfDrain(Optional.empty());
        if (drain.getGraceMaxMs() < 0) throw new BrokenConversation("a grace is negative");
        return new Command.HearOfDrain(
                Optional.of(
                        new io.meseta.agent.core.machine.Drain(
                                drain.hasGraceMaxMs()
                                        ? Optional.of(Duration.ofMillis(drain.getGraceMaxMs()))
                                        : Optional.empty(),
                                drain.getMarksGone(),
                                Instant.ofEpochMilli(drain.getSinceMs()))));
    }

    private void checkWelcomed() throws BrokenConversation {
        if (!isWelcomed) throw new BrokenConversation("the master did not say welcome first");
    }

    private void submit(Command command) throws BrokenConversation, InterruptedException {
        if (!(door.submit(command) instanceof Decision.Refused(var refusal))) return;
        switch (refusal) {
            case Refusal.StaleEpoch(var epoch, var known) ->
                    throw new BrokenConversation(
                            "this master's epoch is %d, and epoch %d has begun"
                                    .formatted(epoch, known));
            case Refusal.OtherAgent(var welcomed, var own) -> {
                door.submit(new Command.StartOver());
                throw new BrokenConversation(
                        "this agent is %s and was welcomed as %s".formatted(own, welcomed));
            }
            case Refusal.Away(var reason) -> throw new BrokenConversation(reason);
            case Refusal.UnknownTask _, Refusal.NotOutstanding _, Refusal.OutOfTurn _ ->
                    LOG.debug("A message that came too late was passed over: {}", refusal);
        }
    }
}
