package io.meseta.master.core.task;

import io.meseta.model.AgentId;
import java.time.Instant;

/// Where and when a task was launched.
///
/// @param order the number of the launch order to the agent
public record Placement(AgentId agent, long order, Instant at) {}
