package io.meseta.master.preemptions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// A task that had to end for somebody, as our REST shows it.
///
/// @param framework the task's own
/// @param priority the task's, when it was chosen
/// @param at when it was chosen; it ends after its grace period
/// @param state what it is at by now
/// @param cause `PRIORITY` or `GUARANTEE`
@Schema(name = "Preemption")
record PreemptionRecord(
        String framework,
        String task,
        String role,
        String agent,
        int priority,
        String at,
        String state,
        String cause,
        Beneficiary beneficiary) {

    /// For whom.
    ///
    /// @param role empty if the caller may not see it
    /// @param framework empty if it is for any of the role, or if the caller may not see it
    @Schema(name = "PreemptionBeneficiary")
    record Beneficiary(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String role,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String framework,
            int priority) {}

    /// @param next what to ask for as `after` to get the next page; empty on the last one
    @Schema(name = "Preemptions")
    record Page(List<PreemptionRecord> preemptions, String next) {}
}
