package io.meseta.master.roles;

import com.google.protobuf.Message;
import io.meseta.master.doors.CallReader.Read;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MalformedJson;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.MisshapenJson;
import io.meseta.mesos.json.OversizedJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.v1.WeightInfo;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.quota.QuotaRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What the older endpoints are sent: JSON of which the type does not count, and paths.
final class OlderBodies {

    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final String PREFIX = "/master";
    private static final String QUOTA = "/master/quota/";

    private OlderBodies() {}

    static Read<QuotaRequest> quota(Read<byte[]> body) {
        return switch (body) {
            case Read.Refused(var status, var text) -> new Read.Refused<>(status, text);
            case Read.Understood(var bytes) -> quota(bytes);
        };
    }

    private static Read<QuotaRequest> quota(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            return new Read.Understood<>(
                    MesosJson.read(bytes, QuotaRequest.getDefaultInstance(), JsonLimits.DEFAULT));
        } catch (UnreadableJson unreadable) {
            return refused(
                    unreadable,
                    "Failed to parse set quota request JSON '" + text + "': ",
                    "Failed to validate set quota request JSON '" + text + "': ",
                    unreadable.getMessage());
        }
    }

    static Read<List<WeightInfo>> weights(Read<byte[]> body) {
        return switch (body) {
            case Read.Refused(var status, var text) -> new Read.Refused<>(status, text);
            case Read.Understood(var bytes) -> weights(bytes);
        };
    }

    /// A list is read as a call that has one.
    private static Read<List<WeightInfo>> weights(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        boolean isList = text.stripLeading().startsWith("[");
        var call = isList ? "{\"weight_infos\":" + text + "}" : text;
        var failed = "Failed to parse update weights request JSON '" + text + "': ";
        try {
            var read =
                    MesosJson.read(
                            call.getBytes(StandardCharsets.UTF_8),
                            Call.UpdateWeights.getDefaultInstance(),
                            JsonLimits.DEFAULT);
            return isList
                    ? new Read.Understood<>(read.getWeightInfosList())
                    : new Read.Refused<>(BAD_REQUEST, failed + "Unexpected JSON type parsed");
        } catch (UnreadableJson unreadable) {
            var message = unreadable.getMessage();
            return refused(
                    unreadable,
                    failed,
                    isList
                            ? "Failed to convert update weights request JSON to protobuf '"
                                    + text
                                    + "': "
                            : failed,
                    // The brace is not the caller's.
                    isList && message.endsWith("}")
                            ? message.substring(0, message.length() - 1)
                            : message);
        }
    }

    private static <T> Read<T> refused(
            UnreadableJson why, String malformed, String misshapen, String message) {
        return switch (why) {
            case MalformedJson _ -> new Read.Refused<>(BAD_REQUEST, malformed + message);
            case MisshapenJson _ -> new Read.Refused<>(BAD_REQUEST, misshapen + message);
            case OversizedJson oversized ->
                    new Read.Refused<>(
                            oversized.limit() == OversizedJson.Limit.BODY ? TOO_LARGE : BAD_REQUEST,
                            message);
        };
    }

    static void writeList(List<? extends Message> messages, OutputStream out) throws IOException {
        out.write('[');
        boolean isFirst = true;
        for (var message : messages) {
            if (!isFirst) out.write(',');
            isFirst = false;
            MesosJson.write(message, out);
        }
        out.write(']');
    }

    /// As Mesos names it: with the prefix, whether it came with that or not.
    static String path(String uri) {
        var path = decoded(uri);
        return path.startsWith(PREFIX + "/") ? path : PREFIX + path;
    }

    /// The role that a path of quota ends with, slashes and all; empty if there is none.
    static Optional<String> role(String path) {
        if (!path.startsWith(QUOTA)) return Optional.empty();
        var name = path.substring(QUOTA.length());
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /// What is not well encoded names nobody.
    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return path;
        }
    }
}
