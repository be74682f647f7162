package io.meseta.master.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.gang.Gathering;
import io.meseta.master.views.Visibility;
import io.meseta.model.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How far a gang is.
///
/// @param since since when it has been asked for
/// @param sets how many sets it needs
/// @param held those that are held for it, of agents that the caller may see
/// @param heldElsewhere how many are held on agents that the caller may not see
/// @param missing what it still needs, one entry for each set
/// @param heldUntil when all is let go if it is not complete by then; left out while nothing is
///   held
/// @param pausedUntil before then nothing is held for it; left out if it does not wait
/// @param failures how often it was not complete in time
@Schema(name = "ExplanationOfGang")
record GangRecord(
        String name,
        String since,
        int sets,
        List<Held> held,
        @JsonProperty("held_elsewhere") int heldElsewhere,
        List<String> missing,
        @JsonProperty("held_until") @JsonInclude(JsonInclude.Include.NON_EMPTY) String heldUntil,
        @JsonProperty("paused_until") @JsonInclude(JsonInclude.Include.NON_EMPTY)
                String pausedUntil,
        int failures) {

    /// @param set its number, from 0, in the order of the REQUEST
    @Schema(name = "ExplanationOfSet")
    record Held(int set, String agent, String resources) {}

    /// Those of the framework in the role.
    static List<GangRecord> all(
            Cluster cluster, Visibility visibility, Framework framework, Role role) {
        return cluster.offers().gangs().of(framework.id()).stream()
                .filter(gathering -> gathering.id().role().equals(role))
                .map(gathering -> of(cluster, visibility, gathering))
                .toList();
    }

    private static GangRecord of(Cluster cluster, Visibility visibility, Gathering gathering) {
        var sets = gathering.gang().sets();
        var held = new ArrayList<Held>();
        int elsewhere = 0;
        for (var each : gathering.held().entrySet()) {
            var grant = each.getValue();
            if (cluster.agent(grant.agent()).filter(visibility::shows).isPresent())
                held.add(
                        new Held(
                                each.getKey(),
                                grant.agent().value(),
                                grant.resources().toString()));
            else elsewhere++;
        }
        return new GangRecord(
                gathering.id().name(),
                sets.getFirst().since().toString(),
                sets.size(),
                held,
                elsewhere,
                gathering.missing().stream()
                        .map(number -> sets.get(number).needed().toString())
                        .toList(),
                gathering.until().map(Instant::toString).orElse(""),
                gathering.pausedUntil().map(Instant::toString).orElse(""),
                gathering.failures());
    }
}
