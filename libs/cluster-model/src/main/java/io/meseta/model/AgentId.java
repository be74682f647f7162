package io.meseta.model;

/// An agent's id, given by the master that admitted it and kept for the agent's life.
public record AgentId(String value) implements Comparable<AgentId> {

    public AgentId {
        Ids.check(value);
    }

    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
