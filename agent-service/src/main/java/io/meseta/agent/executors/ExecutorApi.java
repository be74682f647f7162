package io.meseta.agent.executors;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.machine.Decision;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.machine.Refusal;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.engine.AgentLoop;
import io.meseta.agent.engine.InboxFull;
import io.meseta.agent.engine.Unrecorded;
import io.meseta.agent.executors.ExecutorController.Turned;
import io.meseta.agent.executors.ExecutorTokens.Claims;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.v1.executor.Call;
import io.meseta.mesos.v1.executor.Event;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.platform.streams.OutboxLimits;
import io.meseta.platform.streams.StreamOutboxes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what executors say to the agent's core.
final class ExecutorApi {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutorApi.class);
    private static final String BEARER = "Bearer ";

    /// Who wants to listen, and in which form.
    record Listener(HttpServletRequest request, HttpServletResponse response, String type) {}

    private final AgentLoop loop;
    private final ExecutorStreams streams;
    private final StreamOutboxes outboxes;
    private final ExecutorCalls calls;
    private final ExecutorTokens tokens;
    private final boolean isProofNeeded;

    ExecutorApi(
            AgentLoop loop,
            ExecutorStreams streams,
            StreamOutboxes outboxes,
            ExecutorCalls calls,
            ExecutorTokens tokens,
            boolean isProofNeeded) {
        this.loop = loop;
        this.streams = streams;
        this.outboxes = outboxes;
        this.calls = calls;
        this.tokens = tokens;
        this.isProofNeeded = isProofNeeded;
    }

    /// What the caller's token says; empty where nobody has to prove anything.
    Optional<Claims> authenticated(HttpServletRequest request) throws Turned {
        if (!isProofNeeded) return Optional.empty();
        var headers = Collections.list(request.getHeaders("Authorization"));
        var header = headers.size() == 1 ? headers.getFirst() : "";
        if (!header.startsWith(BEARER))
            throw new Turned(401, "401 Unauthorized.", "Bearer realm=\"meseta-executor\"");
        var claims = tokens.read(header.substring(BEARER.length()));
        if (claims.isEmpty())
            throw new Turned(
                    401,
                    "401 Unauthorized.",
                    "Bearer realm=\"meseta-executor\", error=\"invalid_token\","
                            + " error_description=\"This agent did not issue the token\"");
        return claims;
    }

    void checkReady() throws Turned {
        if (!loop.isStarted()) throw new Turned(503, "Agent has not finished recovery");
    }

    void subscribe(Listener listener, Call call, Optional<Claims> token) throws Turned {
        var executor = executor(call, token);
        var key = executor.key();
        var connection = UUID.randomUUID();
        ExecutorStreams.Form form =
                listener.type().equals(ExecutorController.JSON)
                        ? MesosJson::write
                        : Event::toByteArray;
        listener.response().setStatus(HttpServletResponse.SC_OK);
        listener.response().setContentType(listener.type());
        var outbox =
                outboxes.open(
                        listener.request(),
                        listener.response(),
                        OutboxLimits.DEFAULT,
                        _ -> left(key, connection));
        streams.open(key, connection, outbox, form);
        var attend =
                new Command.Attend(
                        key,
                        connection,
                        ExecutorCalls.tasks(call.getSubscribe()),
                        calls.words(call.getSubscribe()));
        try {
            if (loop.submit(attend) instanceof Decision.Refused)
                streams.refuse(key, connection, "Executor cannot be found");
        } catch (InboxFull | Unrecorded failure) {
            LOG.atWarn().setCause(failure).log("An executor can't be listened to now.");
            outbox.cut();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            outbox.cut();
        }
        if (!outbox.isOpen()) left(key, connection);
    }

    private void left(ExecutorKey key, UUID connection) {
        streams.closed(key, connection);
        Thread.ofVirtual().name("executor-left").start(() -> leave(key, connection));
    }

    private void leave(ExecutorKey key, UUID connection) {
        try {
            loop.submit(new Command.Leave(key, connection));
        } catch (InboxFull | Unrecorded failure) {
            LOG.atWarn().addKeyValue("executor", key).setCause(failure).log("Its end was missed.");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void take(Call call, Optional<Claims> token) throws Turned {
        var executor = executor(call, token);
        if (executor.connection().isEmpty()) throw new Turned(403, "Executor is not subscribed");
        switch (call.getType()) {
            case UPDATE ->
                    submit(
                            new Command.TakeWord(
                                    executor.key(), calls.word(call.getUpdate().getStatus())));
            case MESSAGE ->
                    submit(
                            new Command.PassOn(
                                    executor.key(),
                                    Opaque.of(call.getMessage().getData().asReadOnlyByteBuffer())));
            case SUBSCRIBE, HEARTBEAT, UNKNOWN -> throw new Turned(501, "501 Not Implemented.");
        }
    }

    private void submit(Command command) throws Turned {
        try {
            if (loop.submit(command) instanceof Decision.Refused(Refusal.TooMuchToSay(var task)))
                throw new Turned(503, "Too many updates of " + task + " wait for their receipts");
        } catch (InboxFull | Unrecorded failure) {
            throw new Turned(503, "Agent can't take it now: " + failure.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Turned(503, "Agent is stopping");
        }
    }

    private AgentExecutor executor(Call call, Optional<Claims> token) throws Turned {
        var machine = loop.current();
        var framework = call.getFrameworkId().getValue();
        if (!isKnown(machine, framework)) throw new Turned(400, "Framework cannot be found");
        var found =
                key(framework, call.getExecutorId().getValue())
                        .flatMap(machine::executor)
                        .filter(each -> each.stage() != Stage.ENDED && !each.isBuiltIn())
                        .orElseThrow(() -> new Turned(400, "Executor cannot be found"));
        if (token.isPresent() && !token.get().isOf(found)) throw new Turned(403, "403 Forbidden.");
        return found;
    }

    private static boolean isKnown(Machine machine, String framework) {
        return machine.executors().keySet().stream()
                        .anyMatch(key -> key.framework().value().equals(framework))
                || machine.tasks().keySet().stream()
                        .anyMatch(key -> key.framework().value().equals(framework));
    }

    private static Optional<ExecutorKey> key(String framework, String executor) {
        try {
            return Optional.of(
                    new ExecutorKey(new FrameworkId(framework), new ExecutorId(executor)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
