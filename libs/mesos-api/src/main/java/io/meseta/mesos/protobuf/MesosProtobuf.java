package io.meseta.mesos.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.meseta.mesos.MissingFields;

/// Reads protobuf bodies within limits.
public final class MesosProtobuf {

    private MesosProtobuf() {}

    /// Reads a whole body.
    ///
    /// @param prototype any instance of the wanted type, such as its default instance
    public static <T extends Message> T read(byte[] body, T prototype, ProtobufLimits limits)
            throws MalformedProtobuf {
        if (body.length > limits.bytesMax()) {
            throw new MalformedProtobuf(
                    "The body is longer than the limit of " + limits.bytesMax() + " bytes", true);
        }
        var message = parse(body, prototype, limits);
        if (!message.isInitialized()) {
            throw new MalformedProtobuf(MissingFields.complaint(message), false);
        }
        return message;
    }

    // The parser of a prototype makes messages of the prototype's own class.
    @SuppressWarnings("unchecked")
    private static <T extends Message> T parse(byte[] body, T prototype, ProtobufLimits limits)
            throws MalformedProtobuf {
        try {
            var in = CodedInputStream.newInstance(body);
            in.setRecursionLimit(limits.depthMax());
            var message = (T) prototype.getParserForType().parsePartialFrom(in);
            in.checkLastTagWas(0);
            return message;
        } catch (InvalidProtocolBufferException bad) {
            throw new MalformedProtobuf(String.valueOf(bad.getMessage()), false);
        }
    }
}
