package io.meseta.master.wiring;

import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Ready is who can answer: the leader itself, and whoever can say where the leader is. A master
/// without its database can do neither.
final class LeadershipHealth implements HealthIndicator {

    private static final String ROLE = "role";

    private final Leadership leadership;

    LeadershipHealth(Leadership leadership) {
        this.leadership = leadership;
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
            case Role.Following(var leader) ->
                    Health.up()
                            .withDetail(ROLE, "following")
                            .withDetail("leader", leader.host() + ":" + leader.port())
                            .build();
            case Role.Recovering _ -> Health.outOfService().withDetail(ROLE, "recovering").build();
            case Role.Leaderless _ -> Health.outOfService().withDetail(ROLE, "leaderless").build();
        };
    }
}
