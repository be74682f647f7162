package io.meseta.master.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.model.Opaque;

/// The principal that an agent came as, noted in its sealed description: in a field that Mesos'
/// message has not, and that nobody outside is shown.
public final class AgentOwner {

    private static final int FIELD = 77_001;

    private AgentOwner() {}

    /// The description with its owner; what the agent itself may have put there is dropped.
    ///
    /// @param owner empty for nobody
    public static AgentInfo note(AgentInfo info, String owner) {
        var fields = UnknownFieldSet.newBuilder();
        if (!owner.isEmpty()) {
            fields.addField(
                    FIELD,
                    UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8(owner))
                            .build());
        }
        return info.toBuilder().setUnknownFields(fields.build()).build();
    }

    /// Whose agent it is; empty if nobody was asked when it came.
    public static String of(Opaque sealed) {
        var field = Sealed.agent(sealed).getUnknownFields().getField(FIELD);
        var values = field.getLengthDelimitedList();
        return values.isEmpty() ? "" : values.getFirst().toStringUtf8();
    }

    /// The description as it may be shown.
    public static AgentInfo shown(Opaque sealed) {
        return note(Sealed.agent(sealed), "");
    }
}
