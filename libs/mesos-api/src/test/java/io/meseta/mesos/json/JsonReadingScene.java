package io.meseta.mesos.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import io.meseta.mesos.v1.Metric;
import io.meseta.mesos.v1.scheduler.Call;

/// Reads a text as a message of Mesos, and says what came of it.
abstract class JsonReadingScene {

    static final Call CALL = Call.getDefaultInstance();
    static final Metric METRIC = Metric.getDefaultInstance();

    static <T extends Message> T read(String json, T prototype) throws UnreadableJson {
        return read(json, prototype, JsonLimits.DEFAULT);
    }

    static <T extends Message> T read(String json, T prototype, JsonLimits limits)
            throws UnreadableJson {
        return MesosJson.read(json.getBytes(UTF_8), prototype, limits);
    }

    static MisshapenJson misshapen(String json, Message prototype) {
        var unreadable = refused(json.getBytes(UTF_8), prototype, JsonLimits.DEFAULT);
        assertThat(unreadable).isInstanceOf(MisshapenJson.class);
        return (MisshapenJson) unreadable;
    }

    static UnreadableJson refused(byte[] json, Message prototype, JsonLimits limits) {
        return catchThrowableOfType(
                UnreadableJson.class, () -> MesosJson.read(json, prototype, limits));
    }
}
