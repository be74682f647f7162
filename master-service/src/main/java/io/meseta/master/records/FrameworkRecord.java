package io.meseta.master.records;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// A framework that is registered.
///
/// @param principal empty if it named none
/// @param state `active`, `inactive` or `disconnected`
/// @param registeredAt in RFC 3339 and UTC
/// @param tasks how many it has whose end it has not acknowledged
@Schema(name = "Framework")
public record FrameworkRecord(
        String id,
        String name,
        String user,
        String principal,
        List<String> roles,
        String state,
        @JsonProperty("registered_at") String registeredAt,
        int tasks,
        @JsonProperty("webui_url") String webuiUrl) {

    public FrameworkRecord {
        roles = List.copyOf(roles);
    }
}
