package io.meseta.master.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/// A framework of now or then.
///
/// @param principal empty if it named none
/// @param state `active`, `disconnected` or `completed`
/// @param registeredAt in RFC 3339 and UTC
/// @param endedAt when it was gone; absent for one that is not
@Schema(name = "HistoryFramework")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record HistoryFramework(
        String id,
        String name,
        String user,
        String principal,
        List<String> roles,
        String state,
        @JsonProperty("registered_at") String registeredAt,
        @JsonProperty("ended_at") Optional<String> endedAt) {

    HistoryFramework {
        roles = List.copyOf(roles);
    }
}
