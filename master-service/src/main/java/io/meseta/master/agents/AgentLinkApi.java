package io.meseta.master.agents;

import io.meseta.authorization.RuleId;
import io.meseta.authorization.Verdict;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.doors.CallCounts;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.WriterDoor;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Lane;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.links.AgentLink;
import io.meseta.master.links.Links;
import io.meseta.master.rights.Rights;
import io.meseta.master.wire.AgentOwner;
import io.meseta.master.wire.Unacceptable;
import io.meseta.model.AgentId;
import io.meseta.platform.identity.Caller;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.Reports;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers the calls of agents.
final class AgentLinkApi {

    static final String NAME = "agent-link";
    static final String STREAM_ID = "Meseta-Stream-Id";

    private static final RuleId ANOTHERS = new RuleId(RuleId.BUILT_IN, "agent-of-another");

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    /// How long one message of an agent may wait for its earlier ones.
    private static final long TURN_WAIT_MILLIS_MAX = 30_000;

    private final LeaderDoor door;
    private final CallReader reader;
    private final Links links;
    private final AgentAnswers answers;
    private final CallCounts counts;
    private final Rights rights;

    AgentLinkApi(
            LeaderDoor door,
            CallReader reader,
            Links links,
            AgentAnswers answers,
            CallCounts counts,
            Rights rights) {
        this.door = door;
        this.reader = reader;
        this.links = links;
        this.answers = answers;
        this.counts = counts;
        this.rights = rights;
    }

    void answer(Exchange exchange) throws IOException {
        var leading = door.enter(exchange);
        if (leading.isEmpty()) return;
        if (!exchange.method().equals("POST")) {
            exchange.methodNotAllowed("POST");
            return;
        }
        switch (reader.readProtobuf(exchange, AgentCall.getDefaultInstance())) {
            case CallReader.Read.Refused(var status, var text) -> exchange.text(status, text);
            case CallReader.Read.Understood(var call) -> {
                answer(exchange, leading.get(), call);
                counts.count(NAME, call.getCallCase(), exchange.response().getStatus());
            }
        }
    }

    private void answer(Exchange exchange, Leading leading, AgentCall call) throws IOException {
        try {
            switch (call.getCallCase()) {
                case HELLO -> hello(exchange, leading, call.getHello());
                case REPORTS -> reports(exchange, leading, call.getReports());
                case HEARTBEAT -> heartbeat(exchange);
                case CALL_NOT_SET ->
                        exchange.text(
                                AgentAnswers.BAD_REQUEST,
                                "The call says nothing that is known here");
            }
        } catch (Unacceptable bad) {
            exchange.text(AgentAnswers.BAD_REQUEST, bad.getMessage());
        }
    }

    private void hello(Exchange exchange, Leading leading, Hello hello)
            throws IOException, Unacceptable {
        if (exchange.header(STREAM_ID).isPresent())
            throw new Unacceptable("A hello does not carry the '" + STREAM_ID + "' header");
        var denied = denial(exchange.caller(), leading, hello);
        if (denied.isPresent()) {
            exchange.forbidden(denied.get());
            return;
        }
        var place = links.expectAgent(leading.epoch(), exchange.caller().principal());
        if (place.isEmpty()) {
            exchange.unavailable("Too many agents are linked");
            return;
        }
        var link = place.get();
        boolean isOpened = false;
        try {
            var read = HelloReading.read(hello, link.id(), exchange.caller().principal());
            var command = answers.domains().placed(read, hello.getAgentInfo());
            isOpened = greet(exchange, leading, command, link);
        } finally {
            if (!isOpened) links.forget(link);
        }
    }

    /// An agent registers as what it is, and an id stays with the principal that it was given to:
    /// whoever holds another machine's key must not speak for this one.
    private Optional<Verdict.Denied> denial(Caller caller, Leading leading, Hello hello)
            throws Unacceptable {
        var id = HelloReading.id(hello);
        var named = id.map(AgentId::value).orElse("");
        var verdict = rights.join(caller, hello.getAgentInfo().getHostname(), named);
        if (verdict instanceof Verdict.Denied denied) return Optional.of(denied);
        var owner =
                id.flatMap(leading.writer().view().cluster()::agent)
                        .map(agent -> AgentOwner.of(agent.profile().wire()))
                        .orElse("");
        if (!caller.isAuthenticated() || owner.isEmpty() || owner.equals(caller.principal())) {
            return Optional.empty();
        }
        return Optional.of(
                new Verdict.Denied(
                        ANOTHERS,
                        verdict.bundleVersion(),
                        "Agent " + named + " is '" + owner + "'"));
    }

    private boolean greet(Exchange exchange, Leading leading, Command.Greet greet, AgentLink link)
            throws IOException {
        var decision = WriterDoor.submit(exchange, leading.writer(), Lane.AGENTS, greet);
        if (decision.isEmpty()) return false;
        return switch (decision.get()) {
            case Decision.Accepted(var events) -> {
                var response = exchange.response();
                response.setStatus(OK);
                response.setContentType(Format.PROTOBUF.mediaType());
                response.setHeader(STREAM_ID, link.id().value());
                links.open(link, linked(events), exchange.request(), response);
                yield true;
            }
            case Decision.Refused(var refusal) -> {
                answers.refuse(exchange, refusal);
                yield false;
            }
        };
    }

    private static AgentId linked(List<Event> events) {
        return events.stream()
                .flatMap(event ->
                        event instanceof Event.OfAgent(AgentEvent.AgentLinked linked)
                                ? Stream.of(linked.agent())
                                : Stream.empty())
                .findFirst()
                .orElseThrow();
    }

    /// Does not reach the writer: that an agent lives changes nothing.
    private void heartbeat(Exchange exchange) throws IOException, Unacceptable {
        if (heard(exchange).isPresent()) exchange.empty(ACCEPTED);
        else unknown(exchange);
    }

    private void reports(Exchange exchange, Leading leading, Reports reports)
            throws IOException, Unacceptable {
        var link = heard(exchange);
        var agent = link.flatMap(AgentLink::agent);
        if (agent.isEmpty()) {
            unknown(exchange);
            return;
        }
        var commands = new ReportReading(agent.get(), link.get().id()).read(reports);
        if (commands.isEmpty()) {
            exchange.empty(ACCEPTED);
            return;
        }
        try {
            boolean isDone =
                    link.get()
                            .inTurn(
                                    TURN_WAIT_MILLIS_MAX,
                                    () -> report(exchange, leading.writer(), commands));
            if (!isDone) exchange.unavailable("Earlier reports have not been dealt with");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            exchange.unavailable("This master is stopping");
        }
    }

    /// Only the last report's answer is waited for: the lane keeps their order, and a batch that
    /// can't be written takes all that follow with it.
    private void report(Exchange exchange, ClusterWriter writer, List<Command.FromAgent> commands)
            throws IOException {
        for (var command : commands.subList(0, commands.size() - 1))
            if (!writer.post(Lane.AGENTS, command)) {
                exchange.unavailable("Too many commands are waiting");
                return;
            }
        var decision = WriterDoor.submit(exchange, writer, Lane.AGENTS, commands.getLast());
        if (decision.isEmpty()) return;
        switch (decision.get()) {
            case Decision.Accepted _ -> exchange.empty(ACCEPTED);
            case Decision.Refused(var refusal) -> answers.refuse(exchange, refusal);
        }
    }

    /// The link that the call names, if it is the caller's.
    private Optional<AgentLink> heard(Exchange exchange) throws Unacceptable {
        return links.hear(streamId(exchange), exchange.caller().principal());
    }

    private static String streamId(Exchange exchange) throws Unacceptable {
        return exchange.header(STREAM_ID)
                .orElseThrow(() ->
                        new Unacceptable(
                                "All calls but hello carry the '" + STREAM_ID + "' header"));
    }

    private static void unknown(Exchange exchange) throws IOException {
        exchange.text(AgentAnswers.CONFLICT, "There is no such link: say hello");
    }
}
