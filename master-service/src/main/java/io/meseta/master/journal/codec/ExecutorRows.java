package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.row;
import static io.meseta.master.journal.codec.PlainRows.toInstant;
import static io.meseta.master.journal.codec.PlainRows.toOpaque;

import io.meseta.master.core.agent.AgentEvent.Instruction;
import io.meseta.master.core.agent.AgentEvent.OrderGiven;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.executor.ExecutorEvent;
import io.meseta.master.core.executor.ExecutorEvent.Ending;
import io.meseta.master.core.executor.ExecutorEvent.ExecutorEnded;
import io.meseta.master.core.executor.ExecutorEvent.ExecutorLaunched;
import io.meseta.master.core.executor.ExecutorEvent.ShutdownWanted;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.task.Home;
import io.meseta.master.journal.v1.EventRow;
import io.meseta.master.journal.v1.ExecutorEndedRow;
import io.meseta.master.journal.v1.ExecutorKeyRow;
import io.meseta.master.journal.v1.ExecutorLaunchedRow;
import io.meseta.master.journal.v1.ExecutorRow;
import io.meseta.master.journal.v1.ExecutorShutdownOrderedRow;
import io.meseta.master.journal.v1.ExecutorShutdownWantedRow;
import io.meseta.master.journal.v1.ExecutorSpecRow;
import io.meseta.master.journal.v1.HomeRow;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.util.Optional;

/// Executors and what can happen to them.
final class ExecutorRows {

    private ExecutorRows() {}

    static EventRow of(ExecutorEvent event) {
        var row = EventRow.newBuilder();
        switch (event) {
            case ExecutorLaunched(var agent, var key, var spec, var role, var order, var at) ->
                    row.setExecutorLaunched(
                            ExecutorLaunchedRow.newBuilder()
                                    .setAgent(agent.value())
                                    .setKey(of(key))
                                    .setSpec(of(spec))
                                    .setRole(role.name())
                                    .setOrder(order)
                                    .setAt(row(at)));
            case ExecutorEnded(var agent, var key, var status, var how, var at) -> {
                var ended =
                        ExecutorEndedRow.newBuilder()
                                .setAgent(agent.value())
                                .setKey(of(key))
                                .setHow(of(how))
                                .setAt(row(at));
                status.ifPresent(ended::setStatus);
                row.setExecutorEnded(ended);
            }
            case ShutdownWanted(var agent, var key, var order, var at) ->
                    row.setExecutorShutdownWanted(
                            ExecutorShutdownWantedRow.newBuilder()
                                    .setAgent(agent.value())
                                    .setKey(of(key))
                                    .setOrder(order)
                                    .setAt(row(at)));
            case ExecutorEvent.GroupOrdered _,
                    ExecutorEvent.MessageSent _,
                    ExecutorEvent.MessageReceived _ ->
                    throw EventRows.passing(event);
        }
        return row.build();
    }

    static ExecutorLaunched toEvent(ExecutorLaunchedRow row) {
        known(row);
        require(row.hasKey() && row.hasSpec() && row.hasAt(), "a part of an executor's launch");
        return new ExecutorLaunched(
                new AgentId(row.getAgent()),
                toKey(row.getKey()),
                toSpec(row.getSpec()),
                new Role(row.getRole()),
                row.getOrder(),
                toInstant(row.getAt()));
    }

    static ExecutorEnded toEvent(ExecutorEndedRow row) {
        known(row);
        require(row.hasKey() && row.hasAt(), "a part of an executor's end");
        return new ExecutorEnded(
                new AgentId(row.getAgent()),
                toKey(row.getKey()),
                row.hasStatus() ? Optional.of(row.getStatus()) : Optional.empty(),
                toEnding(row.getHow()),
                toInstant(row.getAt()));
    }

    static ShutdownWanted toEvent(ExecutorShutdownWantedRow row) {
        known(row);
        require(row.hasKey() && row.hasAt(), "a part of a wanted shutdown");
        return new ShutdownWanted(
                new AgentId(row.getAgent()),
                toKey(row.getKey()),
                row.getOrder(),
                toInstant(row.getAt()));
    }

    static OrderGiven toEvent(ExecutorShutdownOrderedRow row) {
        known(row);
        require(row.hasKey() && row.hasAt(), "a part of an order");
        return new OrderGiven(
                new AgentId(row.getAgent()),
                row.getNumber(),
                new Instruction.ShutdownExecutor(toKey(row.getKey())),
                toInstant(row.getAt()));
    }

    static ExecutorKeyRow of(ExecutorKey key) {
        return ExecutorKeyRow.newBuilder()
                .setFramework(key.framework().value())
                .setExecutor(key.executor().value())
                .build();
    }

    private static ExecutorKey toKey(ExecutorKeyRow row) {
        known(row);
        return new ExecutorKey(
                new FrameworkId(row.getFramework()), new ExecutorId(row.getExecutor()));
    }

    private static ExecutorSpecRow of(ExecutorSpec spec) {
        return ExecutorSpecRow.newBuilder()
                .setId(spec.id().value())
                .addAllResources(ResourceRows.of(spec.resources()))
                .setWire(row(spec.wire()))
                .build();
    }

    private static ExecutorSpec toSpec(ExecutorSpecRow row) {
        known(row);
        return new ExecutorSpec(
                new ExecutorId(row.getId()),
                ResourceRows.toResources(row.getResourcesList()),
                toOpaque(row.getWire()));
    }

    static ExecutorRow of(Executor executor) {
        return ExecutorRow.newBuilder()
                .setAgent(executor.agent().value())
                .setKey(of(executor.key()))
                .setSpec(of(executor.spec()))
                .setRole(executor.role().name())
                .setOrder(executor.order())
                .setShutdown(executor.shutdown())
                .build();
    }

    static Executor toExecutor(ExecutorRow row) {
        known(row);
        require(row.hasKey() && row.hasSpec(), "a part of an executor");
        return new Executor(
                new AgentId(row.getAgent()),
                toKey(row.getKey()),
                toSpec(row.getSpec()),
                new Role(row.getRole()),
                row.getOrder(),
                row.getShutdown());
    }

    static Optional<HomeRow> of(Home home) {
        return switch (home) {
            case Home.Own() -> Optional.empty();
            case Home.In(var executor, var isGrouped) ->
                    Optional.of(
                            HomeRow.newBuilder()
                                    .setExecutor(executor.value())
                                    .setIsGrouped(isGrouped)
                                    .build());
        };
    }

    static Home toHome(HomeRow row) {
        known(row);
        return new Home.In(new ExecutorId(row.getExecutor()), row.getIsGrouped());
    }

    private static ExecutorEndedRow.Ending of(Ending how) {
        return switch (how) {
            case REPORTED -> ExecutorEndedRow.Ending.REPORTED;
            case MISSED -> ExecutorEndedRow.Ending.MISSED;
            case DISOWNED -> ExecutorEndedRow.Ending.DISOWNED;
        };
    }

    private static Ending toEnding(ExecutorEndedRow.Ending how) {
        return switch (how) {
            case REPORTED -> Ending.REPORTED;
            case MISSED -> Ending.MISSED;
            case DISOWNED -> Ending.DISOWNED;
            case UNSPECIFIED, UNRECOGNIZED ->
                    throw new UnknownContent("how an executor has ended is not known");
        };
    }
}
