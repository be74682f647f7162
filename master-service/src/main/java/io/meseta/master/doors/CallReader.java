package io.meseta.master.doors;

import com.google.protobuf.Message;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MalformedJson;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.MisshapenJson;
import io.meseta.mesos.json.OversizedJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.protobuf.MalformedProtobuf;
import io.meseta.mesos.protobuf.MesosProtobuf;
import io.meseta.mesos.protobuf.ProtobufLimits;
import io.meseta.platform.bodies.BodyRead;
import io.meseta.platform.bodies.BodyReader;

/// Reads the call that a request's body holds, or says in Mesos' words why there is none.
public final class CallReader {

    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED = 415;

    private static final String EITHER_TYPE =
            "Expecting 'Content-Type' of application/json or application/x-protobuf";

    private final BodyReader bodies;
    private final JsonLimits json;
    private final ProtobufLimits protobuf;

    /// How the reading of a call went.
    public sealed interface Read<T> {

        record Understood<T>(T call) implements Read<T> {}

        record Refused<T>(int status, String text) implements Read<T> {}
    }

    public CallReader(BodyReader bodies) {
        this.bodies = bodies;
        var usual = JsonLimits.DEFAULT;
        this.json =
                new JsonLimits(
                        bodies.bytesMax(),
                        usual.depthMax(),
                        usual.stringCharsMax(),
                        usual.numberCharsMax());
        this.protobuf = new ProtobufLimits(bodies.bytesMax(), ProtobufLimits.DEFAULT.depthMax());
    }

    /// Reads a call in either form.
    public <T extends Message> Read<T> read(Exchange exchange, T prototype) {
        var type = exchange.header("Content-Type");
        if (type.isEmpty())
            return new Read.Refused<>(BAD_REQUEST, "Expecting 'Content-Type' to be present");
        // To the letter, as Mesos compares it: a parameter or another case is another type.
        if (type.get().equals(Format.JSON.mediaType()))
            return parse(exchange, bytes -> json(bytes, prototype));
        if (type.get().equals(Format.PROTOBUF.mediaType()))
            return parse(exchange, bytes -> protobuf(bytes, prototype));
        return new Read.Refused<>(UNSUPPORTED, EITHER_TYPE);
    }

    /// Reads a call that has no form but protobuf.
    public <T extends Message> Read<T> readProtobuf(Exchange exchange, T prototype) {
        var type = exchange.header("Content-Type");
        return type.isPresent() && type.get().equals(Format.PROTOBUF.mediaType())
                ? parse(exchange, bytes -> protobuf(bytes, prototype))
                : new Read.Refused<>(
                        UNSUPPORTED, "Expecting 'Content-Type' of application/x-protobuf");
    }

    /// The body as it is.
    public Read<byte[]> readBytes(Exchange exchange) {
        return parse(exchange, Read.Understood::new);
    }

    private interface Parser<T> {
        Read<T> parse(byte[] bytes);
    }

    private <T> Read<T> parse(Exchange exchange, Parser<T> parser) {
        return switch (bodies.read(exchange.request())) {
            case BodyRead.Whole whole -> parser.parse(whole.bytes());
            case BodyRead.TooLarge(var bytesMax) ->
                    new Read.Refused<>(
                            TOO_LARGE, "The body may have at most " + bytesMax + " bytes");
            // Mesos takes off what it knows and reads the rest as it comes.
            case BodyRead.UnknownEncoding(var encoding) ->
                    new Read.Refused<>(
                            UNSUPPORTED, "Content-Encoding '" + encoding + "' is not supported");
            case BodyRead.Broken(var why) -> new Read.Refused<>(BAD_REQUEST, why);
        };
    }

    private <T extends Message> Read<T> json(byte[] bytes, T prototype) {
        try {
            return new Read.Understood<>(MesosJson.read(bytes, prototype, json));
        } catch (UnreadableJson unreadable) {
            return switch (unreadable) {
                case MalformedJson malformed ->
                        new Read.Refused<>(
                                BAD_REQUEST,
                                "Failed to parse body into JSON: " + malformed.getMessage());
                case MisshapenJson misshapen ->
                        new Read.Refused<>(
                                BAD_REQUEST,
                                "Failed to convert JSON into Call protobuf: "
                                        + misshapen.getMessage());
                case OversizedJson oversized ->
                        new Read.Refused<>(
                                oversized.limit() == OversizedJson.Limit.BODY
                                        ? TOO_LARGE
                                        : BAD_REQUEST,
                                oversized.getMessage());
            };
        }
    }

    private <T extends Message> Read<T> protobuf(byte[] bytes, T prototype) {
        try {
            return new Read.Understood<>(MesosProtobuf.read(bytes, prototype, protobuf));
        } catch (MalformedProtobuf malformed) {
            return new Read.Refused<>(
                    malformed.isTooLarge() ? TOO_LARGE : BAD_REQUEST,
                    "Failed to parse body into Call protobuf");
        }
    }
}
