package io.meseta.agent.operator;

import static org.springframework.web.bind.annotation.RequestMethod.DELETE;
import static org.springframework.web.bind.annotation.RequestMethod.GET;
import static org.springframework.web.bind.annotation.RequestMethod.HEAD;
import static org.springframework.web.bind.annotation.RequestMethod.OPTIONS;
import static org.springframework.web.bind.annotation.RequestMethod.PATCH;
import static org.springframework.web.bind.annotation.RequestMethod.POST;
import static org.springframework.web.bind.annotation.RequestMethod.PUT;

import io.meseta.agent.media.Accepting;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MalformedJson;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.MisshapenJson;
import io.meseta.mesos.json.OversizedJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.protobuf.MalformedProtobuf;
import io.meseta.mesos.protobuf.MesosProtobuf;
import io.meseta.mesos.protobuf.ProtobufLimits;
import io.meseta.mesos.recordio.MalformedRecord;
import io.meseta.mesos.recordio.RecordDecoder;
import io.meseta.mesos.v1.agent.Call;
import io.meseta.platform.access.DecidedWithin;
import io.meseta.platform.bodies.BodyRead;
import io.meseta.platform.bodies.BodyReader;
import io.meseta.platform.identity.Callers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// `POST /api/v1`: the checks of a request in the order in which Mesos makes them.
@DecidedWithin("It depends on the call; lists show what the caller may see.")
@Controller
final class CallController {

    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final Duration BODY_TIME_MAX = Duration.ofSeconds(30);
    private static final String OR = " or ";

    /// A request that goes no further.
    private static final class Refused extends Exception {
        private final int status;

        Refused(int status, String text) {
            super(text, null, false, false);
            this.status = status;
        }
    }

    private final OperatorCalls calls;
    private final BodyReader bodies = new BodyReader(BODY_BYTES_MAX, BODY_TIME_MAX);

    CallController(OperatorCalls calls) {
        this.calls = calls;
    }

    // Spring answers OPTIONS itself unless a route names it.
    @RequestMapping(
            path = {"/api/v1", "/slave(1)/api/v1", "/api/v1/operator"},
            method = {GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS})
    void call(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(request, response);
        } catch (Refused refused) {
            if (refused.status == 405) response.setHeader("Allow", "POST");
            Replies.text(response, refused.status, String.valueOf(refused.getMessage()));
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException, Refused {
        if (!request.getMethod().equals("POST")) {
            throw new Refused(
                    405,
                    "405 Method Not Allowed. Expecting one of { 'POST' }, but received '"
                            + request.getMethod()
                            + "'.");
        }
        var type = contentType(request);
        var accepted = accepted(request);
        var call = read(request, type);
        var complaint = OperatorCalls.complaint(call);
        if (complaint.isPresent()) {
            throw new Refused(400, "Failed to validate agent::Call: " + complaint.get());
        }
        checkNotStreaming(call, type, accepted);
        switch (calls.answer(call, Callers.admitted(request))) {
            case OperatorCalls.Answer.Body(var body) -> {
                boolean isJson = accepted.equals(Replies.JSON);
                var bytes = isJson ? StateJson.write(body) : body.toByteArray();
                Replies.body(response, 200, accepted, bytes);
            }
            case OperatorCalls.Answer.Done() -> Replies.empty(response);
            case OperatorCalls.Answer.Forbidden(var denied) -> Replies.forbidden(response, denied);
            case OperatorCalls.Answer.Text(var status, var text) -> throw new Refused(status, text);
        }
    }

    /// The last of that name, which is the one that Mesos heeds.
    private static Optional<String> header(HttpServletRequest request, String name) {
        var all = Collections.list(request.getHeaders(name));
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    private static String contentType(HttpServletRequest request) throws Refused {
        var type =
                header(request, "Content-Type")
                        .orElseThrow(
                                () -> new Refused(400, "Expecting 'Content-Type' to be present"));
        if (!List.of(Replies.JSON, Replies.PROTOBUF, Replies.RECORDIO).contains(type)) {
            throw new Refused(415, "Expecting 'Content-Type' of " + allTypes());
        }
        var inner = header(request, "Message-Content-Type");
        if (!type.equals(Replies.RECORDIO)) {
            if (inner.isPresent()) {
                throw new Refused(
                        415,
                        "Expecting 'Message-Content-Type' to be not set for non-streaming"
                                + " requests");
            }
        } else if (inner.isEmpty()) {
            throw new Refused(
                    400, "Expecting 'Message-Content-Type' to be set for streaming requests");
        } else if (!List.of(Replies.JSON, Replies.PROTOBUF).contains(inner.get())) {
            throw new Refused(
                    415,
                    "Expecting 'Message-Content-Type' of " + Replies.JSON + OR + Replies.PROTOBUF);
        }
        return type;
    }

    private static String accepted(HttpServletRequest request) throws Refused {
        var headers = Collections.list(request.getHeaders("Accept"));
        var accepted =
                new Accepting(headers)
                        .choose(List.of(Replies.JSON, Replies.PROTOBUF, Replies.RECORDIO))
                        .orElseThrow(() ->
                                new Refused(406, "Expecting 'Accept' to allow " + allTypes()));
        boolean hasInner = header(request, "Message-Accept").isPresent();
        if (!accepted.equals(Replies.RECORDIO) && hasInner) {
            throw new Refused(
                    406, "Expecting 'Message-Accept' to be not set for non-streaming responses");
        }
        return accepted;
    }

    private Call read(HttpServletRequest request, String type) throws Refused {
        var bytes =
                switch (bodies.read(request)) {
                    case BodyRead.Whole whole -> whole.bytes();
                    case BodyRead.TooLarge(var most) ->
                            throw new Refused(413, "The body may have at most " + most + " bytes");
                    case BodyRead.UnknownEncoding(var encoding) ->
                            throw new Refused(
                                    415, "Content-Encoding '" + encoding + "' is not supported");
                    case BodyRead.Broken(var why) -> throw new Refused(400, why);
                };
        if (!type.equals(Replies.RECORDIO)) return parse(bytes, type);
        var inner = header(request, "Message-Content-Type");
        return parse(firstRecord(bytes), inner.orElse(Replies.JSON));
    }

    private static byte[] firstRecord(byte[] bytes) throws Refused {
        try {
            var records = new RecordDecoder(BODY_BYTES_MAX).feed(bytes);
            if (records.isEmpty()) throw new Refused(400, "Expecting a record");
            return records.getFirst();
        } catch (MalformedRecord malformed) {
            throw new Refused(400, String.valueOf(malformed.getMessage()));
        }
    }

    private static Call parse(byte[] bytes, String type) throws Refused {
        try {
            return type.equals(Replies.JSON)
                    ? MesosJson.read(bytes, Call.getDefaultInstance(), JsonLimits.DEFAULT)
                    : MesosProtobuf.read(bytes, Call.getDefaultInstance(), ProtobufLimits.DEFAULT);
        } catch (MalformedProtobuf malformed) {
            throw new Refused(
                    malformed.isTooLarge() ? 413 : 400,
                    "Failed to parse body into a protobuf object");
        } catch (UnreadableJson unreadable) {
            var text = String.valueOf(unreadable.getMessage());
            throw switch (unreadable) {
                case MalformedJson _ -> new Refused(400, "Failed to parse body into JSON: " + text);
                case MisshapenJson _ ->
                        new Refused(400, "Failed to convert JSON into Call protobuf: " + text);
                case OversizedJson oversized ->
                        new Refused(
                                oversized.limit() == OversizedJson.Limit.BODY ? 413 : 400, text);
            };
        }
    }

    private static void checkNotStreaming(Call call, String type, String accepted) throws Refused {
        boolean isInput = call.getType() == Call.Type.ATTACH_CONTAINER_INPUT;
        if (type.equals(Replies.RECORDIO) && !isInput) {
            throw new Refused(
                    415,
                    "Streaming 'Content-Type' %s is not supported for %s call"
                            .formatted(type, call.getType()));
        }
        if (!type.equals(Replies.RECORDIO) && isInput) {
            throw new Refused(
                    415,
                    "Expecting 'Content-Type' to be application/recordio for"
                            + " ATTACH_CONTAINER_INPUT call");
        }
        boolean mayStream =
                call.getType() == Call.Type.ATTACH_CONTAINER_OUTPUT
                        || call.getType() == Call.Type.LAUNCH_NESTED_CONTAINER_SESSION;
        if (accepted.equals(Replies.RECORDIO) && !mayStream) {
            throw new Refused(
                    406, "Streaming response is not supported for " + call.getType() + " call");
        }
    }

    private static String allTypes() {
        return Replies.JSON + OR + Replies.PROTOBUF + OR + Replies.RECORDIO;
    }
}
