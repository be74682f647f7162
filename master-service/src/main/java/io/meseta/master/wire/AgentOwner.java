package io.meseta.master.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.model.Opaque;

/// The principal that an agent came as, and the key to seal secrets for it, noted in its sealed
/// description: in fields that Mesos' message has not, and that nobody outside is shown.
public final class AgentOwner {

    private static final int FIELD = 77_001;
    private static final int KEY_FIELD = 77_002;

    private AgentOwner() {}

    /// The description with its owner; what the agent itself may have put there is dropped.
    ///
    /// @param owner empty for nobody
    /// @param sealingKey empty for none
    public static AgentInfo note(AgentInfo info, String owner, ByteString sealingKey) {
        var fields = UnknownFieldSet.newBuilder();
        add(fields, FIELD, ByteString.copyFromUtf8(owner));
        add(fields, KEY_FIELD, sealingKey);
        return info.toBuilder().setUnknownFields(fields.build()).build();
    }

    private static void add(UnknownFieldSet.Builder fields, int number, ByteString value) {
        if (value.isEmpty()) return;
        var field = UnknownFieldSet.Field.newBuilder().addLengthDelimited(value);
        fields.addField(number, field.build());
    }

    /// Whose agent it is; empty if nobody was asked when it came.
    public static String of(Opaque sealed) {
        return read(sealed, FIELD).toStringUtf8();
    }

    /// By which secrets are sealed for it; empty if it takes none.
    public static ByteString sealingKey(Opaque sealed) {
        return read(sealed, KEY_FIELD);
    }

    private static ByteString read(Opaque sealed, int number) {
        var field = Sealed.agent(sealed).getUnknownFields().getField(number);
        var values = field.getLengthDelimitedList();
        return values.isEmpty() ? ByteString.EMPTY : values.getFirst();
    }

    /// The description as it may be shown.
    public static AgentInfo shown(Opaque sealed) {
        return note(Sealed.agent(sealed), "", ByteString.EMPTY);
    }
}
