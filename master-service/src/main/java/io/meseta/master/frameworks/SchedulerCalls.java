package io.meseta.master.frameworks;

import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.scheduler.Call;
import java.util.Optional;

/// Whether a call is whole, judged by nothing but itself.
final class SchedulerCalls {

    /// More than any framework has reason to name in one call; each costs the writer time.
    static final int NAMES_MAX = 10_000;

    /// Each is tried on each agent that has something to offer.
    private static final int REQUESTS_MAX = 100;

    private SchedulerCalls() {}

    /// What is wrong with a call, in Mesos' words and order.
    static Optional<String> problem(Call call) {
        if (!call.hasType()) return missing("type");
        if (call.getType() == Call.Type.SUBSCRIBE) return subscription(call);
        if (!call.hasFrameworkId()) return missing("framework_id");
        var part = part(call);
        if (part.isPresent()) return part;
        return tooMuch(call);
    }

    private static Optional<String> subscription(Call call) {
        if (!call.hasSubscribe()) return missing("subscribe");
        // An id that is empty is none, in either place.
        var own = call.getSubscribe().getFrameworkInfo().getId().getValue();
        return call.getFrameworkId().getValue().equals(own)
                ? Optional.empty()
                : Optional.of("'framework_id' differs from 'subscribe.framework_info.id'");
    }

    private static Optional<String> part(Call call) {
        return switch (call.getType()) {
            case UNKNOWN, SUBSCRIBE, TEARDOWN, REVIVE, SUPPRESS -> Optional.empty();
            case ACCEPT -> present(call.hasAccept(), "accept");
            case DECLINE -> present(call.hasDecline(), "decline");
            case KILL -> present(call.hasKill(), "kill");
            case SHUTDOWN -> present(call.hasShutdown(), "shutdown");
            case ACKNOWLEDGE -> acknowledge(call);
            case RECONCILE -> present(call.hasReconcile(), "reconcile");
            case MESSAGE -> present(call.hasMessage(), "message");
            case REQUEST -> request(call);
            case ACCEPT_INVERSE_OFFERS ->
                    present(call.hasAcceptInverseOffers(), "accept_inverse_offers");
            case DECLINE_INVERSE_OFFERS ->
                    present(call.hasDeclineInverseOffers(), "decline_inverse_offers");
            case ACKNOWLEDGE_OPERATION_STATUS -> acknowledgeOperation(call);
            case RECONCILE_OPERATIONS ->
                    present(call.hasReconcileOperations(), "reconcile_operations");
            case UPDATE_FRAMEWORK -> updateFramework(call);
        };
    }

    private static Optional<String> request(Call call) {
        if (!call.hasRequest()) return missing("request");
        return call.getRequest().getRequestsCount() <= REQUESTS_MAX
                ? Optional.empty()
                : Optional.of("Expecting at most " + REQUESTS_MAX + " request.requests");
    }

    private static Optional<String> acknowledge(Call call) {
        if (!call.hasAcknowledge()) return missing("acknowledge");
        return uuid(call.getAcknowledge().getUuid().toByteArray());
    }

    private static Optional<String> acknowledgeOperation(Call call) {
        if (!call.hasAcknowledgeOperationStatus()) return missing("acknowledge_operation_status");
        var receipt = call.getAcknowledgeOperationStatus();
        return uuid(receipt.getUuid().toByteArray())
                .or(() -> present(receipt.hasAgentId(), "agent_id"));
    }

    private static Optional<String> updateFramework(Call call) {
        if (!call.hasUpdateFramework()) return missing("update_framework");
        var own = call.getUpdateFramework().getFrameworkInfo().getId().getValue();
        return call.getFrameworkId().getValue().equals(own)
                ? Optional.empty()
                : Optional.of("'framework_id' differs from 'update_framework.framework_info.id'");
    }

    private static Optional<String> uuid(byte[] bytes) {
        try {
            WireIds.uuid(bytes);
            return Optional.empty();
        } catch (Unacceptable bad) {
            return Optional.of(bad.getMessage());
        }
    }

    private static Optional<String> tooMuch(Call call) {
        int tasks =
                call.getAccept().getOperationsList().stream()
                        .mapToInt(operation ->
                                operation.getLaunch().getTaskInfosCount()
                                        + operation.getLaunchGroup().getTaskGroup().getTasksCount())
                        .sum();
        return limit(call.getAccept().getOfferIdsCount(), "accept.offer_ids")
                .or(() -> limit(call.getAccept().getOperationsCount(), "accept.operations"))
                .or(() -> limit(tasks, "tasks to launch"))
                .or(() -> limit(call.getDecline().getOfferIdsCount(), "decline.offer_ids"))
                .or(() ->
                        limit(
                                call.getAcceptInverseOffers().getInverseOfferIdsCount(),
                                "accept_inverse_offers.inverse_offer_ids"))
                .or(() ->
                        limit(
                                call.getDeclineInverseOffers().getInverseOfferIdsCount(),
                                "decline_inverse_offers.inverse_offer_ids"))
                .or(() -> limit(call.getReconcile().getTasksCount(), "reconcile.tasks"))
                .or(() ->
                        limit(
                                call.getReconcileOperations().getOperationsCount(),
                                "reconcile_operations.operations"));
    }

    private static Optional<String> limit(int count, String what) {
        return count <= NAMES_MAX
                ? Optional.empty()
                : Optional.of("Expecting at most " + NAMES_MAX + " " + what);
    }

    private static Optional<String> present(boolean isPresent, String field) {
        return isPresent ? Optional.empty() : missing(field);
    }

    private static Optional<String> missing(String field) {
        return Optional.of("Expecting '" + field + "' to be present");
    }
}
