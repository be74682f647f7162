package io.meseta.master.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A task, also one that has ended for as long as it is remembered.
///
/// @param state by Mesos' name, the newest that is known
/// @param healthy absent if nobody knows
/// @param statuses the newest last
/// @param service absent if it is not to be called
/// @param addresses of its container, if it has its own
@Schema(name = "Task")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TaskRecord(
        @JsonUnwrapped Place place,
        String state,
        Optional<Boolean> healthy,
        Map<String, Object> resources,
        List<StatusRecord> statuses,
        Map<String, String> labels,
        Optional<ServiceRecord> service,
        List<String> addresses,
        @JsonUnwrapped Calling calling) {

    /// Which task it is, where, and on whose behalf.
    public record Place(String framework, String id, String name, String agent, String role) {}

    /// As whom it runs, and what.
    ///
    /// @param command its text; what it is called with, if no shell reads it
    public record Calling(String user, String command) {}

    /// One step in a task's life.
    ///
    /// @param at in RFC 3339 and UTC
    /// @param reason by Mesos' name; absent if there is none
    /// @param source by Mesos' name
    @Schema(name = "Status")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record StatusRecord(
            String state, String at, Optional<String> reason, String source, String message) {}

    /// Under which name a task can be called, and where: its `DiscoveryInfo`.
    ///
    /// @param visibility `FRAMEWORK`, `CLUSTER` or `EXTERNAL`
    @Schema(name = "Service")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ServiceRecord(
            Optional<String> name,
            String visibility,
            Optional<String> environment,
            Optional<String> location,
            Optional<String> version,
            List<PortRecord> ports) {}

    @Schema(name = "Port")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record PortRecord(
            int number,
            Optional<String> name,
            Optional<String> protocol,
            Map<String, String> labels) {}
}
