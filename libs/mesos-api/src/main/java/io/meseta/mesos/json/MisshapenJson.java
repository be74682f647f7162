package io.meseta.mesos.json;

/// The body is JSON but not the message that was asked for. Mesos puts "Failed to convert JSON into
/// Call protobuf: " before the message.
public final class MisshapenJson extends UnreadableJson {

    private static final long serialVersionUID = 1L;

    MisshapenJson(String message) {
        super(message);
    }
}
