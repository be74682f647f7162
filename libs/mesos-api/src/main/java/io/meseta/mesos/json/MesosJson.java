package io.meseta.mesos.json;

import com.google.protobuf.Message;
import java.io.IOException;
import java.io.OutputStream;

/// Messages of the Mesos API as JSON text in UTF-8, both ways.
public final class MesosJson {

    private MesosJson() {}

    /// The message as one line of JSON.
    ///
    /// Fields that are unset but have an explicit default in the `.proto` file are written with it,
    /// unless they are deprecated or required. Fields and enum values that we do not know are left
    /// out.
    public static byte[] write(Message message) {
        return MessageWriter.write(message).toBytes();
    }

    /// As [#write(Message)]; the text is complete in memory before the first byte goes out.
    public static void write(Message message, OutputStream out) throws IOException {
        MessageWriter.write(message).writeTo(out);
    }

    /// Reads a whole body, which must be one JSON object.
    ///
    /// Forgiven, as in Mesos: unknown fields, enum values that we do not know (the field stays
    /// unset), null (likewise), numbers and booleans in quotes, `"Infinity"` and `"-Infinity"`, one
    /// element where a list is due, fractions of whole numbers (cut off). Of a name that comes
    /// twice the last counts.
    ///
    /// @param prototype any instance of the wanted type, such as its default instance
    /// @throws MalformedJson when the body is not JSON
    /// @throws MisshapenJson when the body is JSON but not of this type
    /// @throws OversizedJson when the body breaks a limit
    public static <T extends Message> T read(byte[] json, T prototype, JsonLimits limits)
            throws UnreadableJson {
        return MessageReader.read(json, prototype, limits);
    }
}
