package io.meseta.master.doors;

import com.google.protobuf.Message;
import io.meseta.mesos.json.MesosJson;

/// The two forms in which a message of the Mesos API travels.
public enum Format {
    JSON("application/json"),
    PROTOBUF("application/x-protobuf");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] write(Message message) {
        return switch (this) {
            case JSON -> MesosJson.write(message);
            case PROTOBUF -> message.toByteArray();
        };
    }
}
