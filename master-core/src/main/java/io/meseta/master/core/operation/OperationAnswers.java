package io.meseta.master.core.operation;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.operation.OperationEvent.OperationAnswered;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OperationState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tells frameworks what their operations are at, where nobody is to acknowledge it.
///
/// @param agents who is known, by id
public record OperationAnswers(Operations operations, Function<AgentId, Optional<Agent>> agents) {

    /// @param questions none for all of the framework's operations
    public List<OperationEvent> to(FrameworkId framework, List<OperationQuestion> questions) {
        var answers =
                questions.isEmpty()
                        ? operations.of(framework).flatMap(each -> latest(each).stream())
                        : questions.stream().map(question -> answer(framework, question));
        return answers.<OperationEvent>map(status -> new OperationAnswered(framework, status))
                .toList();
    }

    /// An agent has been lost: nobody can tell how its operations stand.
    public List<OperationEvent> lost(AgentId agent) {
        return operations
                .on(agent)
                .filter(OrderedOperation::isPending)
                .flatMap(operation ->
                        operation.status().stream()
                                .<OperationEvent>map(status ->
                                        new OperationAnswered(
                                                operation.owner().orElseThrow().framework(),
                                                unreachable(status))))
                .toList();
    }

    private static OperationStatus unreachable(OperationStatus status) {
        return new OperationStatus(
                status.operation(),
                OperationState.OPERATION_UNREACHABLE,
                "Agent is unreachable",
                Optional.empty(),
                status.agent());
    }

    private Optional<OperationStatus> latest(OrderedOperation operation) {
        boolean isOutOfReach =
                operation.isPending()
                        && agents.apply(operation.key().agent())
                                .filter(Agent::isUnreachable)
                                .isPresent();
        var status = operation.status();
        return isOutOfReach
                ? status.map(OperationAnswers::unreachable)
                : status.map(OperationStatus::unreceipted);
    }

    private OperationStatus answer(FrameworkId framework, OperationQuestion question) {
        var known =
                operations
                        .of(framework)
                        .flatMap(operation -> latest(operation).stream())
                        .filter(status -> status.operation().equals(question.operation()))
                        .reduce((_, newest) -> newest);
        if (known.isPresent()) return known.get();
        if (question.agent().isEmpty())
            return unknown(question, "Operation is unknown and no 'agent_id' was provided");
        var agent = agents.apply(question.agent().get());
        if (agent.isEmpty()) return unknown(question, "Both operation and agent are unknown");
        return agent.get().isUnreachable()
                ? answer(question, OperationState.OPERATION_UNREACHABLE, "Agent is unreachable")
                : unknown(question, "Operation is unknown");
    }

    private static OperationStatus unknown(OperationQuestion question, String message) {
        return answer(question, OperationState.OPERATION_UNKNOWN, message);
    }

    private static OperationStatus answer(
            OperationQuestion question, OperationState state, String message) {
        return new OperationStatus(
                question.operation(),
                state,
                "Reconciliation: " + message,
                Optional.empty(),
                question.agent());
    }
}
