package io.meseta.master.metrics;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.model.OperationState;
import io.meseta.model.conversion.OperationType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Figures of operations: how many are under way, and a zero for each end that nothing has come to.
final class OperationFigures implements Figures {

    private static final String OPERATIONS = "master/operations/";

    /// States in which an operation still is; the others are counted as they come.
    private static final List<OperationState> STATES_NOW =
            List.of(
                    OperationState.OPERATION_PENDING,
                    OperationState.OPERATION_RECOVERING,
                    OperationState.OPERATION_UNREACHABLE);

    private static final List<OperationState> STATES_SO_FAR =
            List.of(
                    OperationState.OPERATION_FINISHED,
                    OperationState.OPERATION_FAILED,
                    OperationState.OPERATION_ERROR,
                    OperationState.OPERATION_DROPPED,
                    OperationState.OPERATION_GONE_BY_OPERATOR);

    @Override
    public void add(Cluster cluster, Map<String, Double> figures) {
        figures.putIfAbsent(OPERATIONS + "total", 0.0);
        for (var state : STATES_SO_FAR) figures.putIfAbsent(OPERATIONS + name(state), 0.0);
        for (var state : STATES_NOW) figures.put(OPERATIONS + name(state), 0.0);
        for (var type : OperationType.values()) {
            var prefix = OPERATIONS + type.name().toLowerCase(Locale.ROOT) + "/";
            figures.putIfAbsent(prefix + "total", 0.0);
            for (var state : STATES_SO_FAR) figures.putIfAbsent(prefix + name(state), 0.0);
            for (var state : STATES_NOW) figures.put(prefix + name(state), 0.0);
        }
        cluster.operations()
                .all()
                .filter(OrderedOperation::isPending)
                .forEach(each -> {
                    var state = name(each.state());
                    var type = each.spec().type().name().toLowerCase(Locale.ROOT);
                    figures.merge(OPERATIONS + state, 1.0, Double::sum);
                    figures.merge(OPERATIONS + type + "/" + state, 1.0, Double::sum);
                });
    }

    private static String name(OperationState state) {
        return state.name().substring("OPERATION_".length()).toLowerCase(Locale.ROOT);
    }
}
