package io.meseta.master.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.Leaving;
import io.meseta.allocator.Veto;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.cluster.Command;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Agents whose maintenance is near come after the others.
class LeaversTest extends UpkeepScene {

    private static final Duration HOUR = Duration.ofHours(1);

    private final AgentId leaving = join("leaving");

    @Test
    void offersAFrameworkWhatStaysFirst() {
        schedule(Duration.ofMinutes(50), HOUR);
        var staying = join("staying");

        var framework = play.framework();

        assertThat(agents(framework)).containsExactly(staying);
        assertThat(Leaving.of(play.cluster().pool())).containsExactly(leaving);
        assertThat(
                        play.cluster()
                                .pool()
                                .explain(framework, role(framework), Resources.parse("cpus:1"))
                                .byAgent()
                                .get(leaving))
                .containsExactly(new Veto.Leaving());
    }

    @Test
    void offersWhatLeavesOnceTheOtherIsRefused() {
        schedule(Duration.ofMinutes(50), HOUR);
        join("staying");
        var framework = play.framework();

        play.put(
                new Command.Decline(
                        play.caller(framework),
                        List.of(play.offer(framework).id()),
                        Duration.ofSeconds(5)));

        assertThat(agents(framework)).containsExactly(leaving);
    }

    @Test
    void offersWhatLeavesWhereThereIsNothingElse() {
        schedule(Duration.ofMinutes(50), HOUR);

        assertThat(agents(play.framework())).containsExactly(leaving);
    }

    @Test
    void makesNoDifferenceLongBeforeTheWindow() {
        schedule(Duration.ofMinutes(70), HOUR);
        var staying = join("staying");

        assertThat(agents(play.framework())).containsExactlyInAnyOrder(leaving, staying);
    }

    @Test
    void makesADifferenceAsSoonAsTheWindowIsNear() {
        schedule(Duration.ofMinutes(70), HOUR);
        join("staying");

        play.pass(Duration.ofMinutes(11));

        assertThat(Leaving.of(play.cluster().pool())).containsExactly(leaving);
    }

    @Test
    void makesNoDifferenceOnceTheWindowIsOver() {
        schedule(Duration.ofMinutes(1), Duration.ofMinutes(10));
        boolean leftFirst = Leaving.of(play.cluster().pool()).contains(leaving);

        play.pass(Duration.ofMinutes(12));

        assertThat(leftFirst).isTrue();
        assertThat(Leaving.of(play.cluster().pool())).isEmpty();
    }

    @Test
    void makesNoDifferenceOnceTheScheduleIsEmpty() {
        schedule(Duration.ZERO, HOUR);
        join("staying");
        var framework = play.framework();

        wish(new UpkeepWish.SetSchedule(List.of()));

        assertThat(Leaving.of(play.cluster().pool())).isEmpty();
        assertThat(agents(framework)).hasSize(2);
    }

    @Test
    void knowsWhatIsNear() {
        var noon = Instant.parse("2026-11-23T12:00:00Z");
        var in = noon.plus(Duration.ofMinutes(30)).getEpochSecond() * 1_000_000_000;

        assertThat(new Unavailability(in, OptionalLong.empty()).isNear(noon, HOUR)).isTrue();
        assertThat(new Unavailability(in, OptionalLong.empty()).isNear(noon, Duration.ZERO))
                .isFalse();
        assertThat(new Unavailability(in, OptionalLong.of(1)).isNear(noon.plus(HOUR), HOUR))
                .isFalse();
        assertThat(new Unavailability(Long.MIN_VALUE, OptionalLong.empty()).isNear(noon, HOUR))
                .isTrue();
        assertThat(
                        new Unavailability(Long.MAX_VALUE, OptionalLong.of(Long.MAX_VALUE))
                                .isNear(noon, HOUR))
                .isFalse();
        assertThat(
                        new Unavailability(Long.MIN_VALUE, OptionalLong.of(Long.MAX_VALUE))
                                .isNear(noon, HOUR))
                .isFalse();
    }

    private void schedule(Duration in, Duration length) {
        long start = play.now.plus(in).getEpochSecond() * 1_000_000_000;
        var window =
                new Window(
                        List.of(new MachineId("leaving", "")),
                        new Unavailability(start, OptionalLong.of(length.toNanos())));
        wish(new UpkeepWish.SetSchedule(List.of(window)));
    }

    private AgentId join(String host) {
        var profile =
                new AgentProfile(
                        host,
                        5051,
                        Resources.parse("cpus:4;mem:1024"),
                        Set.of(AgentCapability.MULTI_ROLE, AgentCapability.HIERARCHICAL_ROLE),
                        "1.11.0",
                        Opaque.EMPTY);
        return play.greet(Optional.empty(), profile, 0);
    }

    private List<AgentId> agents(FrameworkId framework) {
        return play.offersOf(framework).stream().map(offer -> offer.agent()).toList();
    }

    private Role role(FrameworkId framework) {
        return play.cluster().framework(framework).orElseThrow().profile().roles().first();
    }
}
