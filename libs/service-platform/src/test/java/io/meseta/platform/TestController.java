package io.meseta.platform;

import io.meseta.authorization.Action;
import io.meseta.authorization.Target;
import io.meseta.authorization.Verdict;
import io.meseta.platform.access.Access;
import io.meseta.platform.access.Allowed;
import io.meseta.platform.access.Authenticated;
import io.meseta.platform.access.DecidedWithin;
import io.meseta.platform.access.Denials;
import io.meseta.platform.access.Public;
import io.meseta.platform.bodies.BodyRead;
import io.meseta.platform.bodies.BodyReader;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.identity.Callers;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import io.meseta.platform.streams.OutboxLimits;
import io.meseta.platform.streams.StreamEnd;
import io.meseta.platform.streams.StreamOutbox;
import io.meseta.platform.streams.StreamOutboxes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Routes to try the platform with: some of our own kind, some as Mesos has them.
@RestController
public final class TestController {

    /// Small, so that limits are reached quickly.
    public static final OutboxLimits LIMITS = new OutboxLimits(4 << 20, Duration.ofMillis(400));

    private final BlockingQueue<StreamOutbox> streams = new LinkedBlockingQueue<>();
    private final BlockingQueue<StreamEnd> ends = new LinkedBlockingQueue<>();
    private final StreamOutboxes outboxes;
    private final Access access;

    TestController(StreamOutboxes outboxes, Access access) {
        this.outboxes = outboxes;
        this.access = access;
    }

    /// Streams in the order in which they were opened.
    public BlockingQueue<StreamOutbox> streams() {
        return streams;
    }

    /// Ends in the order in which they came.
    public BlockingQueue<StreamEnd> ends() {
        return ends;
    }

    @GetMapping("/api/meseta/v1/unsaid")
    String unsaid() {
        return "never";
    }

    @Authenticated
    @GetMapping({"/api/meseta/v1/whoami", "/master/whoami"})
    String whoami(Caller caller) {
        return caller.principal() + " " + caller.subject().kind().text();
    }

    @Allowed(Action.DRAIN_AGENT)
    @PostMapping({"/api/meseta/v1/drain", "/master/drain"})
    String drain() {
        return "drained";
    }

    @Allowed(Action.GET_ENDPOINT_WITH_PATH)
    @GetMapping("/logging/toggle")
    String toggle() {
        return "toggled";
    }

    @DecidedWithin("Whose role it is.")
    @GetMapping("/api/meseta/v1/role")
    ResponseEntity<?> role(Caller caller, @RequestParam String name) {
        return switch (access.decide(caller, Action.VIEW_ROLE, Target.role(name))) {
            case Verdict.Allowed _ -> ResponseEntity.ok(name);
            case Verdict.Denied denied -> Denials.problem(denied).answer();
        };
    }

    @Public("It is a greeting.")
    @GetMapping("/api/meseta/v1/hello")
    Map<String, String> hello() {
        return Map.of("hello", "world");
    }

    @Authenticated
    @PostMapping("/api/meseta/v1/echo")
    Map<String, Object> echo(@RequestBody Map<String, Object> body) {
        return body;
    }

    @Authenticated
    @GetMapping("/api/meseta/v1/refused")
    ResponseEntity<ProblemDetail> refused() {
        return new Problem(ProblemType.CONFLICT, "It is so already.").answer();
    }

    @Authenticated
    @GetMapping({"/api/meseta/v1/broken", "/master/broken"})
    String broken(@RequestParam(defaultValue = "hunter2") String secret) {
        if (secret.isEmpty()) return "whole";
        throw new IllegalStateException("secret: " + secret);
    }

    /// Answers until nobody is left to hear it.
    @Authenticated
    @GetMapping("/api/meseta/v1/endless")
    void endless(HttpServletResponse response) throws IOException {
        while (true) response.getOutputStream().write(new byte[8 << 10]);
    }

    @Authenticated
    @GetMapping("/api/meseta/v1/interrupted")
    String interrupted(@RequestParam(defaultValue = "the database") String what)
            throws IOException {
        if (what.isEmpty()) return "whole";
        throw new EOFException(what + " broke off");
    }

    @Authenticated
    @GetMapping("/master/frameworks")
    String frameworks() {
        return "frameworks";
    }

    @Authenticated
    @PostMapping("/master/type")
    String type(HttpServletRequest request) {
        return request.getParameter("a") + " " + request.getHeader("Content-Type");
    }

    @Authenticated
    @PostMapping("/api/v1")
    ResponseEntity<String> call(HttpServletRequest request) {
        return switch (new BodyReader(1 << 20, Duration.ofSeconds(2)).read(request)) {
            case BodyRead.Whole whole -> ResponseEntity.ok("got " + whole.bytes().length);
            case BodyRead.TooLarge(var max) -> ResponseEntity.status(413).body("max " + max);
            case BodyRead.UnknownEncoding(var name) -> ResponseEntity.status(415).body(name);
            case BodyRead.Broken(var why) -> ResponseEntity.badRequest().body(why);
        };
    }

    /// For a route beside Spring's.
    void subscribe(HttpServletRequest request, HttpServletResponse response) {
        response.setContentType("application/json");
        response.setHeader("Mesos-Stream-Id", "s1");
        streams.add(outboxes.open(request, response, LIMITS, ends::add));
    }

    /// For a route beside Spring's: says who called how, reads the body, and breaks when asked to.
    void direct(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("break".equals(request.getQueryString())) throw new IllegalStateException("hunter2");
        request.getInputStream().readAllBytes();
        var line = request.getMethod() + " " + Callers.admitted(request).principal();
        response.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
    }
}
