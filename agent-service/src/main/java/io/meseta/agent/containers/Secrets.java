package io.meseta.agent.containers;

import com.google.protobuf.ByteString;
import io.meseta.agent.launch.LaunchFailure;
import io.meseta.mesos.secrets.OpeningKey;
import java.util.function.UnaryOperator;

/// Opens the secrets of orders, for as long as they are used. What is held and written down of an
/// order has them sealed.
public record Secrets(OpeningKey key) implements UnaryOperator<ByteString> {

    /// What was never sealed has come from a master that does not seal yet.
    @Override
    public ByteString apply(ByteString value) {
        var bytes = value.toByteArray();
        if (!OpeningKey.isSealed(bytes)) return value;
        return key.open(bytes)
                .map(ByteString::copyFrom)
                .orElseThrow(() ->
                        new LaunchFailure(
                                "a secret can't be opened: it was sealed for this agent before its"
                                        + " machine was started again"));
    }
}
