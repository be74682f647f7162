package io.meseta.master.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meseta.master.records.TaskRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/// A task of now or then.
///
/// @param launchedAt in RFC 3339 and UTC
/// @param endedAt when it was over for the cluster: its end acknowledged, or beyond that; absent
///   for one that is not
@Schema(name = "HistoryTask")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record HistoryTask(
        @JsonUnwrapped TaskRecord task,
        @JsonProperty("launched_at") String launchedAt,
        @JsonProperty("ended_at") Optional<String> endedAt) {}
