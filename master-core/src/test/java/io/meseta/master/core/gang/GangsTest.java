package io.meseta.master.core.gang;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.Grant;
import io.meseta.allocator.rule.Sharing;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Priority;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What is needed together is offered together, or not at all.
class GangsTest {

    private static final String ALL = "cpus:4;mem:1024";

    private final Play play = new Play();

    /// Of two agents one is free, and the other one runs this.
    private TaskKey service;

    private AgentId free;

    GangsTest() {
        var owner = play.framework();
        play.agent(ALL);
        service = play.launch(owner, "service", ALL);
        suppress(owner);
        free = play.agent(ALL);
    }

    @Test
    void holdsWhatIsThereUntilAllIsThere() {
        var gang = quiet();
        request(gang, gang("g", 2, "cpus:4"));
        assertThat(play.offersOf(gang)).isEmpty();
        assertThat(held()).isEqualTo(1);
        assertThat(play.cluster().pool().available(free).scalar("cpus")).isZero();

        play.finish(service, TaskState.TASK_FINISHED, 1);

        assertThat(play.cluster().offers().gangs().isEmpty()).isTrue();
        assertThat(play.offersOf(gang)).hasSize(2);
        assertThat(play.offersOf(gang))
                .allMatch(offer -> offer.gang().equals(Optional.of("g")))
                .allMatch(offer -> offer.grant().resources().equals(Resources.parse("cpus:4")));
    }

    @Test
    void offersItInOneEvent() {
        var gang = quiet();
        request(gang, gang("g", 2, "cpus:4"));

        play.report(service, TaskState.TASK_FINISHED, 1);

        var offered = play.told(gang).stream().filter(News.Offered.class::isInstance).toList();
        assertThat(offered).hasSize(1);
        assertThat(((News.Offered) offered.getFirst()).offers()).hasSize(2);
    }

    @Test
    void offersWhatIsThereAtOnce() {
        play.finish(service, TaskState.TASK_FINISHED, 1);
        var gang = quiet();

        request(gang, gang("g", 4, "cpus:2"));

        // Those of one agent come together.
        assertThat(play.offersOf(gang))
                .hasSize(2)
                .allMatch(offer -> offer.grant().resources().scalar("cpus") == 4_000);
    }

    @Test
    void offersNobodyElseWhatIsHeld() {
        var gang = quiet();
        request(gang, gang("g", 2, "cpus:3"));

        var other = play.framework();

        assertThat(play.offersOf(other))
                .hasSize(1)
                .allMatch(offer -> offer.grant().resources().scalar("cpus") == 1_000);
    }

    @Test
    void letsGoWhatItHoldsInVain() {
        var gang = quiet();
        request(gang, gang("g", 2, "cpus:4"));
        assertThat(play.cluster().nextDue()).contains(play.now.plus(Gang.TIMEOUT));
        play.pass(Gang.TIMEOUT.minusSeconds(1));
        assertThat(held()).isEqualTo(1);

        play.pass(Duration.ofSeconds(1));

        assertThat(held()).isZero();
        var gathering = gathering();
        assertThat(gathering.failures()).isEqualTo(1);
        assertThat(gathering.pausedUntil().orElseThrow())
                .isBetween(play.now.plus(Assembly.PAUSE), play.now.plusSeconds(20));
        var other = play.framework();
        assertThat(play.offersOf(other)).hasSize(1);
    }

    @Test
    void waitsLongerEachTime() {
        var gang = quiet();
        request(gang, gang("g", 2, "cpus:4"));

        for (int failures = 1; failures <= 6; failures++) {
            play.pass(Gang.TIMEOUT);
            var gathering = gathering();
            assertThat(gathering.failures()).isEqualTo(failures);
            var least = Assembly.PAUSE.multipliedBy(1L << Math.min(failures - 1, 4));
            var wait = Duration.between(play.now, gathering.pausedUntil().orElseThrow());
            assertThat(wait).isBetween(least, least.multipliedBy(2));
            play.pass(wait);
            assertThat(held()).isEqualTo(1);
        }
    }

    @Test
    void letsOneOfTwoThatWaitForEachOtherComeFirst() {
        var second = play.launch(reviving(), "second", ALL);
        suppress(second.framework());
        var one = quiet();
        // For one role no more than half is held, so that it could not be two of one.
        var two = calm(play.framework(inOps()));
        request(one, gang("g", 2, "cpus:4"));
        request(two, gang("g", 2, "cpus:4"));
        play.finish(second, TaskState.TASK_FINISHED, 2);
        play.finish(service, TaskState.TASK_FINISHED, 1);
        // Each has what the other one lacks.
        assertThat(held()).isEqualTo(2);
        assertThat(play.offersOf(one)).isEmpty();
        assertThat(play.offersOf(two)).isEmpty();

        var served = new ArrayList<FrameworkId>();
        for (int i = 0; i < 600 && served.size() < 2; i++) {
            play.pass(Duration.ofSeconds(1));
            for (var each : List.of(one, two))
                if (play.offersOf(each).size() == 2) {
                    served.add(each);
                    giveBack(each);
                }
        }

        assertThat(served).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void seeksAgainWhatIsLostWithAnAgent() {
        var gang = quiet();
        request(gang, gang("g", 2, "cpus:4"));

        play.unplug(free);
        assertThat(held()).isZero();
        play.loseForGood(free);
        play.agent(ALL);

        assertThat(held()).isEqualTo(1);
    }

    @Test
    void goesOnWhereTheSameIsSaidAgain() {
        var gang = quiet();
        request(gang, gang("g", 2, "cpus:4"));
        var before = gathering();
        play.pass(Duration.ofSeconds(10));

        request(gang, gang("g", 2, "cpus:4"));
        assertThat(gathering()).isEqualTo(before);

        request(gang, gang("g", 2, "cpus:3"));
        assertThat(gathering().until()).contains(play.now.plus(Gang.TIMEOUT));
        assertThat(gathering().held().values())
                .extracting(Grant::resources)
                .containsExactly(Resources.parse("cpus:3"));

        request(gang);
        assertThat(play.cluster().offers().gangs().isEmpty()).isTrue();
        assertThat(play.cluster().pool().available(free)).isEqualTo(Resources.parse(ALL));
    }

    @Test
    void forgetsWhoWantsNothingMore() {
        var gang = quiet();
        request(gang, gang("g", 2, "cpus:4"));
        suppress(gang);
        assertThat(held()).isZero();

        request(gang, gang("g", 2, "cpus:4"));
        play.hangUp(gang);
        assertThat(play.cluster().offers().gangs().isEmpty()).isTrue();

        calm(play.resubscribe(gang));
        request(gang, gang("g", 2, "cpus:4"));
        assertThat(held()).isEqualTo(1);
        play.put(new Command.Teardown(play.caller(gang)));
        assertThat(play.cluster().pool().available(free)).isEqualTo(Resources.parse(ALL));
    }

    /// What was said by REQUEST ends with the leader, and so does this.
    @Test
    void isSaidAgainToAnotherLeader() {
        var gang = quiet();
        request(gang, gang("g", 2, "cpus:4"));

        play.failOver();

        assertThat(play.cluster().offers().gangs().isEmpty()).isTrue();
        assertThat(play.cluster().pool().total(free))
                .isEqualTo(play.cluster().pool().available(free));
    }

    @Test
    void holdsNoMoreThanHalfTheCluster() {
        for (int i = 0; i < 2; i++) play.agent(ALL);
        var gang = quiet();

        request(gang, gang("g", 4, "cpus:4"));

        // Of four agents one is used and three are free.
        assertThat(held()).isEqualTo(2);
    }

    @Test
    void givesWhoIsBeyondItsPartWhatLacksAtOnceOrNotAtAll() {
        var other = play.framework();
        for (var offer : List.copyOf(play.offersOf(other))) decline(offer);
        var gang = quiet();
        request(gang, gang("g", 3, "cpus:2"));
        // Its part is half of it, and half is in use.
        assertThat(held()).isEqualTo(2);

        play.finish(service, TaskState.TASK_FINISHED, 1);
        assertThat(play.offersOf(gang)).isEmpty();
        for (var offer : List.copyOf(play.offersOf(other))) decline(offer);

        assertThat(play.offersOf(gang)).hasSize(2);
    }

    @Test
    void passesNoLimit() {
        play.finish(service, TaskState.TASK_FINISHED, 1);
        var limits = new Limits(new TreeMap<>(Map.of("cpus", 5_000L)));
        var quota = new Quota(Quantities.NONE, limits);
        play.put(new Command.UpdateQuotas(new TreeMap<>(Map.of(Play.DEV, quota)), true));
        var gang = quiet();

        request(gang, gang("g", 3, "cpus:2"));

        assertThat(play.offersOf(gang)).isEmpty();
        assertThat(held()).isEqualTo(2);
    }

    @Test
    void showsNobodyWhatAGangNeeds() {
        var sharing = new Sharing(false, Priority.NORMAL, false, true);
        play.put(new Command.ShareAs(Play.DEV, Optional.of(sharing)));
        play.finish(service, TaskState.TASK_FINISHED, 1);
        var gang = quiet();
        request(gang, gang("g", 2, "cpus:4;mem:1024"));

        var other = play.framework();

        assertThat(play.offersOf(gang)).hasSize(2);
        assertThat(play.offersOf(other)).isEmpty();
    }

    @Test
    void countsWhatIsHeldAsWhatIsOffered() {
        play.finish(service, TaskState.TASK_FINISHED, 1);
        var gang = quiet();
        request(gang, gang("g", 3, "cpus:4"));
        assertThat(held()).isEqualTo(1);

        var usage = play.cluster().roleUsage().of(Play.DEV);
        assertThat(usage.allocated()).isEqualTo(Quantities.NONE);
        assertThat(usage.offered()).isEqualTo(Quantities.of(Map.of("cpus", 4_000L)));
    }

    private FrameworkId reviving() {
        var id = service.framework();
        play.put(new Command.Revive(play.caller(id), Collections.emptySortedSet()));
        return id;
    }

    private FrameworkId quiet() {
        return calm(play.framework());
    }

    private static FrameworkProfile inOps() {
        return new FrameworkProfile(
                new FrameworkProfile.Identity("root", Optional.empty(), true),
                "a framework",
                new TreeSet<>(Set.of(new Role("ops"))),
                new TreeSet<>(),
                Duration.ofMinutes(1),
                Opaque.EMPTY);
    }

    private FrameworkId calm(FrameworkId id) {
        suppress(id);
        for (var offer : List.copyOf(play.offersOf(id)))
            play.put(
                    new Command.Decline(
                            play.caller(id), List.of(offer.id()), Duration.ofMillis(1)));
        play.pass(Duration.ofMillis(1));
        return id;
    }

    private void giveBack(FrameworkId framework) {
        for (var offer : List.copyOf(play.offersOf(framework))) decline(offer);
    }

    private void decline(Offer offer) {
        play.put(
                new Command.Decline(
                        play.caller(offer.framework()), List.of(offer.id()), Duration.ofHours(1)));
    }

    private void suppress(FrameworkId framework) {
        play.put(new Command.Suppress(play.caller(framework), Collections.emptySortedSet()));
    }

    private void request(FrameworkId framework, Command.Wish... wishes) {
        play.put(new Command.RequestResources(play.caller(framework), List.of(wishes)));
    }

    private static Command.Wish[] gang(String name, int sets, String needed) {
        var wish =
                new Command.Wish(
                        Optional.empty(),
                        Optional.empty(),
                        Resources.parse(needed),
                        Optional.of(name));
        return Collections.nCopies(sets, wish).toArray(Command.Wish[]::new);
    }

    private long held() {
        return play.cluster().offers().gangs().all().stream()
                .mapToLong(each -> each.held().size())
                .sum();
    }

    private Gathering gathering() {
        return play.cluster().offers().gangs().all().iterator().next();
    }
}
