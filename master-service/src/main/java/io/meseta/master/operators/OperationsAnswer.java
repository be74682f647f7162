package io.meseta.master.operators;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.views.Visibility;
import io.meseta.master.wire.OperationWriting;
import io.meseta.mesos.v1.master.Response;

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

    /// Whether the reader may see the operation's framework; of nobody's, its agent.
    static boolean isVisible(OrderedOperation operation, Cluster cluster, Visibility visibility) {
        return operation
                .owner()
                .flatMap(owner -> cluster.framework(owner.framework()))
                .map(visibility::shows)
                .orElseGet(() ->
                        cluster.agent(operation.key().agent())
                                .filter(visibility::shows)
                                .isPresent());
    }
}
