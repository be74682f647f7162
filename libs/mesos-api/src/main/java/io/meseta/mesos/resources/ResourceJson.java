package io.meseta.mesos.resources;

import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MalformedJson;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.MisshapenJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.v1.Offer.Operation;
import io.meseta.mesos.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Lists of resources as they are written in forms and settings: a JSON array of messages.
public final class ResourceJson {

    private ResourceJson() {}

    /// The messages as they stand, unchecked.
    ///
    /// @throws UnreadableJson if the text is not JSON, or an element is no resource
    /// @throws InvalidResource if it is JSON, but no array
    public static List<Resource> list(String json) throws UnreadableJson, InvalidResource {
        checkArray(json);
        // Whole by itself, so that it can't be more than one member of what is around it.
        return read("{\"resources\":" + json + "}").getResourcesList();
    }

    private static void checkArray(String json) throws UnreadableJson, InvalidResource {
        try {
            var _ = read(json);
        } catch (MalformedJson malformed) {
            throw malformed;
        } catch (MisshapenJson _) {
            if (json.stripLeading().startsWith("[")) return;
        }
        throw new InvalidResource("JSON array expected");
    }

    private static Operation.Reserve read(String json) throws UnreadableJson {
        return MesosJson.read(
                json.getBytes(StandardCharsets.UTF_8),
                Operation.Reserve.getDefaultInstance(),
                JsonLimits.DEFAULT);
    }
}
