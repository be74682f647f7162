package io.meseta.master.frameworks;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.WriterDoor;
import io.meseta.master.engine.Lane;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.links.FrameworkStream;
import io.meseta.master.links.Links;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.platform.identity.Caller;
import java.io.IOException;
import java.util.Optional;

/// Answers SUBSCRIBE: with a stream, even if all that is said on it is why there will be none.
final class Subscribing {

    static final String STREAM_ID = "Mesos-Stream-Id";

    private static final int BAD_REQUEST = 400;
    private static final int NOT_ACCEPTABLE = 406;

    private final Links links;
    private final Admission admission;

    Subscribing(Links links, Admission admission) {
        this.links = links;
        this.admission = admission;
    }

    void answer(Exchange exchange, Leading leading, Call.Subscribe subscribe) throws IOException {
        var format = exchange.answerFormat();
        if (format.isEmpty()) {
            exchange.text(
                    NOT_ACCEPTABLE,
                    "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'");
            return;
        }
        if (exchange.header(STREAM_ID).isPresent()) {
            exchange.text(
                    BAD_REQUEST, "Subscribe calls should not include the 'Mesos-Stream-Id' header");
            return;
        }
        var stranger = stranger(exchange.caller(), subscribe.getFrameworkInfo());
        if (stranger.isPresent()) {
            exchange.text(BAD_REQUEST, "Failed to validate scheduler::Call: " + stranger.get());
            return;
        }
        var stream = links.expectFramework(leading.epoch(), format.get());
        if (stream.isEmpty()) {
            exchange.unavailable("Too many frameworks are listening");
            return;
        }
        boolean isOpened = false;
        try {
            isOpened = subscribe(exchange, leading, subscribe, stream.get());
        } finally {
            if (!isOpened) links.forget(stream.get());
        }
    }

    private boolean subscribe(
            Exchange exchange, Leading leading, Call.Subscribe subscribe, FrameworkStream stream)
            throws IOException {
        Command command;
        try {
            command = command(exchange.caller(), subscribe, stream);
        } catch (Unacceptable refused) {
            stream.refuse(refused.getMessage());
            return open(exchange, stream);
        }
        var decision = WriterDoor.submit(exchange, leading.writer(), Lane.CLIENTS, command);
        if (decision.isEmpty()) return false;
        return switch (decision.get()) {
            case Decision.Accepted _ -> open(exchange, stream);
            case Decision.Refused(var refusal) -> {
                var error = SchedulerAnswers.subscriptionError(refusal);
                if (error.isEmpty()) {
                    exchange.unavailable("This master does not lead any more");
                    yield false;
                }
                stream.refuse(error.get());
                yield open(exchange, stream);
            }
        };
    }

    /// A framework is its principal's: it names it or nobody.
    private static Optional<String> stranger(Caller caller, FrameworkInfo info) {
        var named = info.getPrincipal();
        if (!caller.isAuthenticated() || named.isEmpty() || named.equals(caller.principal())) {
            return Optional.empty();
        }
        return Optional.of(
                "Authenticated principal '%s' does not match principal '%s' set in `FrameworkInfo`"
                        .formatted(caller.principal(), named));
    }

    private Command command(Caller caller, Call.Subscribe subscribe, FrameworkStream stream)
            throws Unacceptable {
        var info = Admission.owned(caller, subscribe.getFrameworkInfo());
        var profile = admission.profile(info);
        var wishes =
                admission.wishes(
                        info, subscribe.getSuppressedRolesList(), subscribe.getOfferConstraints());
        var denial = admission.denial(caller, profile, info);
        if (denial.isPresent()) throw new Unacceptable(denial.get());
        return new Command.Subscribe(FrameworkReading.id(info), profile, wishes, stream.id());
    }

    private boolean open(Exchange exchange, FrameworkStream stream) {
        var response = exchange.response();
        response.setStatus(200);
        response.setContentType(stream.format().mediaType());
        response.setHeader(STREAM_ID, stream.id().value());
        links.open(stream, exchange.request(), response);
        return true;
    }
}
