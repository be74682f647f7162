package io.meseta.master.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.SortedMap;

/// Why a demand is not met, as our REST shows it.
///
/// @param framework empty if the demand is nobody's in particular
/// @param needed in the form of an agent's resources, such as `cpus:1;mem:512`
/// @param since since when it has been waiting, if it has: since it was asked for by REQUEST, else
///   since the framework was last offered anything
/// @param everywhere reasons that hold whatever the agent
/// @param agents one page of those that the caller may see, in the order of their ids
/// @param gangs what the framework gathers in the role; empty for nobody in particular
/// @param next what to ask for as `after` to get the next page; empty on the last one
@Schema(name = "Explanation")
record ExplanationRecord(
        String framework,
        String role,
        String needed,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String since,
        @JsonProperty("waiting_seconds") long waitingSeconds,
        List<Reason> everywhere,
        Summary summary,
        List<OfAgent> agents,
        List<GangRecord> gangs,
        String next) {

    /// @param agents how many agents there are, seen or not
    /// @param fitting on how many of them nothing stands against the demand
    /// @param hopeless whether waiting can't help
    /// @param reasons on how many agents each reason stands against it
    /// @param nearest the agent, of those that the caller may see, with the least against it; empty
    ///   if there is none
    /// @param changes what would make it fit there
    /// @param ending how many tasks of others end for it already
    @Schema(name = "ExplanationSummary")
    record Summary(
            int agents,
            int fitting,
            boolean hopeless,
            SortedMap<String, Integer> reasons,
            String nearest,
            List<String> changes,
            int ending) {}

    /// @param held what is held there for gangs, and offered to nobody meanwhile
    /// @param reasons none where the demand fits
    @Schema(name = "ExplanationOfAgent")
    record OfAgent(String id, String hostname, String held, List<Reason> reasons) {}

    /// @param clause its kind
    /// @param detail in words
    /// @param change the smallest change that would undo it
    /// @param lasting whether waiting can't help
    @Schema(name = "Reason")
    record Reason(String clause, String detail, String change, boolean lasting) {}
}
