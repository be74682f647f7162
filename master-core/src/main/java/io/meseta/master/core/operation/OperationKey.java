package io.meseta.master.core.operation;

import io.meseta.model.AgentId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Which operation: the order to its agent. Orders count up for an agent's whole life, whoever
/// leads.
public record OperationKey(AgentId agent, long order) {

    /// Made of the key, so that every leader gives the operation the same one.
    public UUID uuid() {
        return named("operation");
    }

    /// What a framework acknowledges the operation's end by.
    public UUID statusUuid() {
        return named("status");
    }

    private UUID named(String what) {
        var name = what + " " + order + " " + agent;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
