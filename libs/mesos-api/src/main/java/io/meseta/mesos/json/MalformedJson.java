package io.meseta.mesos.json;

/// The body is not JSON. Mesos puts "Failed to parse body into JSON: " before the message.
public final class MalformedJson extends UnreadableJson {

    private static final long serialVersionUID = 1L;

    MalformedJson(String message) {
        super(message);
    }
}
