package io.meseta.master.records;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/// An agent.
///
/// @param state `active`, `disconnected` (it has a little time to come back), `unreachable`,
///   `deactivated`, `draining` or `drained`
/// @param registeredAt when it first joined, in RFC 3339 and UTC
/// @param total by name: numbers in the wire's units, or texts for ranges and sets
/// @param used by tasks, in the same way
/// @param attributes by name: numbers and texts
@Schema(name = "Agent")
public record AgentRecord(
        String id,
        String hostname,
        String url,
        String state,
        String version,
        @JsonProperty("registered_at") String registeredAt,
        Map<String, Object> total,
        Map<String, Object> used,
        Map<String, Object> attributes) {}
