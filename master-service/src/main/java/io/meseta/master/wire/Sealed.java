package io.meseta.master.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.KillPolicy;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.OfferConstraints;
import io.meseta.model.Opaque;

/// Wire messages that the core carries unread. Each was read and checked before it went in, so one
/// that cannot be read now means that our own memory or journal is broken.
public final class Sealed {

    private Sealed() {}

    public static Opaque seal(Message message) {
        return Opaque.of(message.toByteString().asReadOnlyByteBuffer());
    }

    public static FrameworkInfo framework(Opaque wire) {
        return open(wire, FrameworkInfo.getDefaultInstance());
    }

    public static AgentInfo agent(Opaque wire) {
        return open(wire, AgentInfo.getDefaultInstance());
    }

    public static TaskInfo task(Opaque wire) {
        return open(wire, TaskInfo.getDefaultInstance());
    }

    public static ExecutorInfo executor(Opaque wire) {
        return open(wire, ExecutorInfo.getDefaultInstance());
    }

    public static TaskStatus status(Opaque wire) {
        return open(wire, TaskStatus.getDefaultInstance());
    }

    public static Offer.Operation operation(Opaque wire) {
        return open(wire, Offer.Operation.getDefaultInstance());
    }

    /// What a framework has said of which agents it wants anything; empty if it has said nothing.
    public static OfferConstraints constraints(Opaque wire) {
        return open(wire, OfferConstraints.getDefaultInstance());
    }

    public static KillPolicy killPolicy(Opaque wire) {
        return open(wire, KillPolicy.getDefaultInstance());
    }

    // The parser of a prototype makes messages of the prototype's own class.
    @SuppressWarnings("unchecked")
    private static <T extends Message> T open(Opaque wire, T prototype) {
        try {
            // Partial: the wire form of an agent's and a framework's description lacks nothing that
            // is required, but a message may have been written by a later build.
            return (T) prototype.getParserForType().parsePartialFrom(bytes(wire));
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(
                    "what was sealed is not a " + prototype.getDescriptorForType().getName(),
                    broken);
        }
    }

    private static com.google.protobuf.ByteString bytes(Opaque wire) {
        return com.google.protobuf.UnsafeByteOperations.unsafeWrap(wire.asReadOnly());
    }
}
