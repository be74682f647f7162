package io.meseta.master.wiring;

import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.standby.Following;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Ready is who can answer: the leader itself, and whoever can say where the leader is and could
/// take its place. A master without its database can do neither.
final class LeadershipHealth implements HealthIndicator {

    private static final String ROLE = "role";
    private static final String HALT = "halt";

    private final Leadership leadership;
    private final Following following;
    private final Duration lagMax;

    /// @param lagMax a standby whose state is older is not ready
    LeadershipHealth(Leadership leadership, Following following, Duration lagMax) {
        this.leadership = leadership;
        this.following = following;
        this.lagMax = lagMax;
    }

    @Override
    public Health health() {
        return switch (leadership.role()) {
            case Role.Leading(var epoch, var master, _, _) ->
                    Health.up()
                            .withDetail(ROLE, "leading")
                            .withDetail("epoch", epoch.number())
                            .withDetail("master", master.value())
                            .build();
            case Role.Following(var leader, _) ->
                    standby()
                            .withDetail(ROLE, "following")
                            .withDetail("leader", leader.host() + ":" + leader.port())
                            .build();
            case Role.Recovering _ -> Health.outOfService().withDetail(ROLE, "recovering").build();
            case Role.Leaderless _ -> leaderless();
        };
    }

    private Health leaderless() {
        var health = Health.outOfService().withDetail(ROLE, "leaderless");
        following.halt().ifPresent(why -> health.withDetail(HALT, why));
        return health.build();
    }

    private Health.Builder standby() {
        var halt = following.halt();
        if (halt.isPresent()) return Health.outOfService().withDetail(HALT, halt.get());
        var seen = following.seen();
        if (seen.isEmpty()) return Health.outOfService().withDetail("standby", "reads the journal");
        var age = seen.get().age();
        var health = age.compareTo(lagMax) <= 0 ? Health.up() : Health.outOfService();
        return health.withDetail("sequence", seen.get().view().sequence())
                .withDetail("lagMillis", age.toMillis())
                .withDetail("lagBatches", following.behind());
    }
}
