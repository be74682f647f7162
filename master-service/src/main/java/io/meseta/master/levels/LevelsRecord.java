package io.meseta.master.levels;

import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.levels.RollCall.Standing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/// Feature levels as our REST shows them.
///
/// @param active what may be recorded
/// @param possible what it could be raised to now; the active one for nothing higher
/// @param raisedAt when the leader will raise it, RFC 3339; empty if it will not
/// @param masters those that are there
@Schema(name = "FeatureLevels")
record LevelsRecord(int active, int possible, String raisedAt, List<Living> masters) {

    /// @param oldest the oldest level that it reads
    /// @param newest the newest level that it reads and writes
    /// @param leads whether it is the one that answers
    /// @param unheardMillis how long ago it said so
    @Schema(name = "LivingMaster")
    record Living(
            String address,
            String build,
            int oldest,
            int newest,
            boolean leads,
            long unheardMillis) {

        private static Living of(LiveMaster master, UUID leader) {
            return new Living(
                    master.address().authority(),
                    master.build(),
                    master.levels().oldest().number(),
                    master.levels().newest().number(),
                    master.id().equals(leader),
                    master.unheard().toMillis());
        }
    }

    /// What a request says.
    @Schema(name = "FeatureLevelWish")
    record Wish(int level) {}

    static LevelsRecord of(Standing standing, LevelsProperties rule, UUID leader) {
        var due =
                standing.readiness()
                        .filter(_ -> rule.automatic())
                        .filter(each ->
                                standing.possible().filter(each.level()::equals).isPresent())
                        .map(each -> each.due(rule.delay()).toString());
        return new LevelsRecord(
                standing.active().number(),
                standing.possible().map(FeatureLevel::number).orElse(standing.active().number()),
                due.orElse(""),
                standing.masters().stream().map(each -> Living.of(each, leader)).toList());
    }
}
