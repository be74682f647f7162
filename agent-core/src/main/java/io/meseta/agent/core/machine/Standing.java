package io.meseta.agent.core.machine;

import io.meseta.model.AgentId;

/// How the agent stands with the cluster.
public sealed interface Standing {

    /// No master has admitted it yet, or it was told to join anew.
    record Stranger() implements Standing {}

    record Member(AgentId agent) implements Standing {}

    /// An operator has marked it gone. Its id is kept for whoever asks what happened.
    record Exile(String reason) implements Standing {}
}
