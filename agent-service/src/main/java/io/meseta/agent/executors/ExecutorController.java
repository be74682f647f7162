package io.meseta.agent.executors;

import static org.springframework.web.bind.annotation.RequestMethod.DELETE;
import static org.springframework.web.bind.annotation.RequestMethod.GET;
import static org.springframework.web.bind.annotation.RequestMethod.HEAD;
import static org.springframework.web.bind.annotation.RequestMethod.OPTIONS;
import static org.springframework.web.bind.annotation.RequestMethod.PATCH;
import static org.springframework.web.bind.annotation.RequestMethod.POST;
import static org.springframework.web.bind.annotation.RequestMethod.PUT;

import io.meseta.agent.media.Accepting;
import io.meseta.mesos.json.MalformedJson;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.MisshapenJson;
import io.meseta.mesos.json.OversizedJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.protobuf.MalformedProtobuf;
import io.meseta.mesos.protobuf.MesosProtobuf;
import io.meseta.mesos.v1.executor.Call;
import io.meseta.platform.access.Public;
import io.meseta.platform.bodies.BodyRead;
import io.meseta.platform.bodies.BodyReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// `POST /api/v1/executor`: the checks of a request in the order in which Mesos makes them.
@Public("Executors are nobody's accounts: each proves itself with the token of its run.")
@Controller
final class ExecutorController {

    static final String JSON = "application/json";
    static final String PROTOBUF = "application/x-protobuf";
    private static final int BODY_BYTES_MAX = 16 << 20;
    private static final Duration BODY_TIME_MAX = Duration.ofSeconds(30);

    private final ExecutorApi api;
    private final BodyReader bodies = new BodyReader(BODY_BYTES_MAX, BODY_TIME_MAX);

    ExecutorController(ExecutorApi api) {
        this.api = api;
    }

    @RequestMapping(
            path = {"/api/v1/executor", "/slave(1)/api/v1/executor"},
            method = {GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS})
    void call(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(request, response);
        } catch (Turned turned) {
            if (turned.status() == 405) response.setHeader("Allow", "POST");
            turned.challenge().ifPresent(each -> response.setHeader("WWW-Authenticate", each));
            var body = String.valueOf(turned.getMessage()).getBytes(StandardCharsets.UTF_8);
            response.setStatus(turned.status());
            response.setHeader("Content-Type", "text/plain; charset=utf-8");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException, Turned {
        var token = api.authenticated(request);
        api.checkReady();
        if (!request.getMethod().equals("POST")) {
            throw new Turned(
                    405,
                    "405 Method Not Allowed. Expecting one of { 'POST' }, but received '"
                            + request.getMethod()
                            + "'.");
        }
        var call = read(request);
        var complaint = ExecutorCalls.complaint(call);
        if (complaint.isPresent())
            throw new Turned(400, "Failed to validate Executor::Call: " + complaint.get());
        switch (call.getType()) {
            case SUBSCRIBE -> {
                var type = accepted(request);
                api.subscribe(new ExecutorApi.Listener(request, response, type), call, token);
            }
            case HEARTBEAT -> accept(response);
            case UPDATE, MESSAGE, UNKNOWN -> {
                api.take(call, token);
                accept(response);
            }
        }
    }

    private static void accept(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setContentLength(0);
    }

    private static String accepted(HttpServletRequest request) throws Turned {
        return new Accepting(Collections.list(request.getHeaders("Accept")))
                .choose(List.of(JSON, PROTOBUF))
                .orElseThrow(() ->
                        new Turned(
                                406,
                                "Expecting 'Accept' to allow 'application/x-protobuf' or"
                                        + " 'application/json'"));
    }

    private Call read(HttpServletRequest request) throws Turned {
        var types = Collections.list(request.getHeaders("Content-Type"));
        if (types.isEmpty()) throw new Turned(400, "Expecting 'Content-Type' to be present");
        var type = types.getLast();
        if (!type.equals(JSON) && !type.equals(PROTOBUF))
            throw new Turned(
                    415, "Expecting 'Content-Type' of application/json or application/x-protobuf");
        var bytes =
                switch (bodies.read(request)) {
                    case BodyRead.Whole whole -> whole.bytes();
                    case BodyRead.TooLarge(var most) ->
                            throw new Turned(413, "The body may have at most " + most + " bytes");
                    case BodyRead.UnknownEncoding(var encoding) ->
                            throw new Turned(
                                    415, "Content-Encoding '" + encoding + "' is not supported");
                    case BodyRead.Broken(var why) -> throw new Turned(400, why);
                };
        return parse(bytes, type);
    }

    private static Call parse(byte[] bytes, String type) throws Turned {
        try {
            return type.equals(JSON)
                    ? MesosJson.read(bytes, Call.getDefaultInstance(), ExecutorCalls.AS_JSON)
                    : MesosProtobuf.read(
                            bytes, Call.getDefaultInstance(), ExecutorCalls.AS_PROTOBUF);
        } catch (MalformedProtobuf malformed) {
            throw new Turned(
                    malformed.isTooLarge() ? 413 : 400, "Failed to parse body into Call protobuf");
        } catch (UnreadableJson unreadable) {
            var text = String.valueOf(unreadable.getMessage());
            throw switch (unreadable) {
                case MalformedJson _ -> new Turned(400, "Failed to parse body into JSON: " + text);
                case MisshapenJson _ ->
                        new Turned(400, "Failed to convert JSON into Call protobuf: " + text);
                case OversizedJson oversized ->
                        new Turned(oversized.limit() == OversizedJson.Limit.BODY ? 413 : 400, text);
            };
        }
    }

    /// A request that goes no further.
    static final class Turned extends Exception {
        private final int status;
        private final String challenge;

        Turned(int status, String text) {
            this(status, text, "");
        }

        Turned(int status, String text, String challenge) {
            super(text, null, false, false);
            this.status = status;
            this.challenge = challenge;
        }

        int status() {
            return status;
        }

        Optional<String> challenge() {
            return challenge.isEmpty() ? Optional.empty() : Optional.of(challenge);
        }
    }
}
