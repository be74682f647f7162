package io.meseta.master.operators;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.views.Visibility;
import io.meseta.master.wire.OperationWriting;
import io.meseta.mesos.v1.master.Response;
import java.util.function.Predicate;

/// The operations of which somebody still has to hear.
final class OperationsAnswer {

    private OperationsAnswer() {}

    /// Those of frameworks that the reader may see; those that are nobody's any more, if it may see
    /// their agent.
    static Response.Builder of(Cluster cluster, Visibility visibility) {
        var operations = Response.GetOperations.newBuilder();
        cluster.operations()
                .all()
                .filter(each -> isVisible(each, cluster, visibility))
                .map(OperationWriting::write)
                .forEach(operations::addOperations);
        return Response.newBuilder()
                .setType(Response.Type.GET_OPERATIONS)
                .setGetOperations(operations);
    }

    static boolean isVisible(OrderedOperation operation, Cluster cluster, Visibility visibility) {
        return viewers(operation, cluster).test(visibility);
    }

    /// Whether a reader may see the operation's framework; of nobody's, its agent. Holds on to
    /// these, and not to the whole state.
    static Predicate<Visibility> viewers(OrderedOperation operation, Cluster cluster) {
        var owner = operation.owner().flatMap(each -> cluster.framework(each.framework()));
        var agent = cluster.agent(operation.key().agent());
        return visibility ->
                owner.map(visibility::shows)
                        .orElseGet(() -> agent.filter(visibility::shows).isPresent());
    }
}
