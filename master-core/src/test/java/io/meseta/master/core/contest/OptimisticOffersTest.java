package io.meseta.master.core.contest;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.rule.Sharing;
import io.meseta.allocator.rule.Sorter;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Priority;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskState;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import io.meseta.model.status.StatusReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The same resources offered to several at once.
class OptimisticOffersTest {

    private static final Role OPS = new Role("ops");

    private final Play play = new Play();

    @Test
    void offersTheSameToOneAloneWhereNothingIsSaid() {
        var first = play.framework();
        var second = play.framework();
        play.agent("cpus:4;mem:1024");

        assertThat(play.cluster().offers().size()).isEqualTo(1);
        assertThat(play.offersOf(first).size() + play.offersOf(second).size()).isEqualTo(1);
    }

    @Test
    void offersTheSameToSeveralAndCountsItOnce() {
        share(Play.DEV);
        var first = play.framework();
        var second = play.framework();
        play.agent("cpus:4;mem:1024");

        assertThat(play.offersOf(first)).hasSize(1);
        assertThat(play.offersOf(second)).hasSize(1);
        assertThat(play.cluster().offers().counted()).hasSize(1);
        assertThat(play.cluster().pool().share(Play.DEV)).isEqualTo(1);
        assertThat(play.cluster().roleUsage().of(Play.DEV).offered())
                .isEqualTo(Quantities.of(Map.of("cpus", 4_000L, "mem", 1_024_000L)));
    }

    @Test
    void givesItToWhoAcceptsFirst() {
        share(Play.DEV);
        play.framework();
        play.framework();
        play.agent("cpus:4;mem:1024");
        var copy = copy();
        var original = original();

        play.launch(copy.framework(), "t", "cpus:4;mem:64");

        assertThat(play.cluster().tasks().all()).hasSize(1);
        assertThat(play.told(original.framework())).contains(new News.Rescinded(original.id()));
        assertThat(play.cluster().offers().all()).doesNotContain(copy, original);

        refuses(original);
    }

    @Test
    void takesBackTheOthersWhenTheFirstIsAccepted() {
        share(Play.DEV);
        play.framework();
        play.framework();
        play.agent("cpus:4;mem:1024");
        var copy = copy();

        play.launch(original().framework(), "t", "cpus:1;mem:64");

        assertThat(play.told(copy.framework())).contains(new News.Rescinded(copy.id()));
        // What is left is offered to both again.
        assertThat(play.cluster().offers().counted()).hasSize(1);
        assertThat(play.cluster().offers().size()).isEqualTo(2);
        refuses(copy);
    }

    @Test
    void leavesItToTheOthersWhereNothingIsUsed() {
        share(Play.DEV);
        play.framework();
        play.framework();
        play.agent("cpus:4;mem:1024");
        var copy = copy();
        var original = original();

        play.put(decline(original));

        assertThat(play.told(copy.framework())).isEmpty();
        assertThat(play.cluster().offers().find(copy.id()).orElseThrow().isCopy()).isFalse();
        assertThat(play.cluster().offers().size()).isEqualTo(1);

        play.accept(copy.framework(), List.of(copy), proposal("t", copy, "cpus:99"));
        assertThat(play.heard(copy.framework())).containsExactly(TaskState.TASK_ERROR);
        play.pass(Duration.ofMinutes(1));
        assertThat(play.cluster().offers().size()).isEqualTo(2);
    }

    @Test
    void offersItToThoseAloneWhoShareInThatWay() {
        share(Play.DEV);
        play.framework();
        play.framework(member(OPS));
        play.agent("cpus:4;mem:1024");
        assertThat(play.cluster().offers().size()).isEqualTo(1);

        share(OPS);

        assertThat(play.cluster().offers().size()).isEqualTo(2);
    }

    @Test
    void offersItToSoManyAtMost() {
        share(Play.DEV);
        for (int i = 0; i < 2 * Rivalry.COPIES_MAX; i++) play.framework();
        play.agent("cpus:4;mem:1024");

        assertThat(play.cluster().offers().size()).isEqualTo(1 + Rivalry.COPIES_MAX);

        play.put(decline(copy()));
        // Somebody else comes in the place of who does not want it.
        assertThat(play.cluster().offers().size()).isEqualTo(1 + Rivalry.COPIES_MAX);
    }

    @Test
    void showsWhoComesLateWhatOthersSitOn() {
        share(Play.DEV);
        var hoarder = play.framework();
        for (int i = 0; i < 3; i++) play.agent("cpus:4;mem:1024");
        assertThat(play.offersOf(hoarder)).hasSize(3);

        var late = play.framework();

        assertThat(play.offersOf(late)).hasSize(3);
        play.launch(late, "t", "cpus:4;mem:1024");
        assertThat(play.heard(late)).isEmpty();
        assertThat(play.offersOf(hoarder)).hasSize(2);
    }

    @Test
    void countsCopiesForNobodysBound() {
        play.lead(Terms.DEFAULT.offering(new OfferTerms(Sorter.DRF, Duration.ZERO, 0.5)));
        share(Play.DEV);
        var first = play.framework();
        var second = play.framework();
        for (int i = 0; i < 4; i++) play.agent("cpus:4;mem:1024");

        // Two of four count for each; the others' are shown to them as long as they may have more.
        assertThat(play.cluster().offers().counted()).hasSize(4);
        assertThat(counted(first)).isEqualTo(2);
        assertThat(counted(second)).isEqualTo(2);
    }

    @Test
    void passesNoLimitHoweverManyAreShown() {
        share(Play.DEV);
        share(OPS);
        var limits = new Limits(new TreeMap<>(Map.of("cpus", 4_000L)));
        quota(OPS, new Quota(Quantities.NONE, limits));
        play.framework();
        var limited = play.framework(member(OPS));
        for (int i = 0; i < 3; i++) play.agent("cpus:4;mem:1024");
        var shown = play.offersOf(limited);
        assertThat(shown).hasSizeGreaterThan(1);

        int launched = 0;
        for (var offer : shown) {
            play.accept(limited, List.of(offer), proposal("t" + offer.id(), offer, "cpus:4"));
            if (play.heard(limited).isEmpty()) launched++;
        }

        assertThat(launched).isEqualTo(1);
        assertThat(play.cluster().tasks().all()).hasSize(1);
    }

    @Test
    void showsNobodyWhatAnotherIsOwed() {
        share(Play.DEV);
        share(OPS);
        quota(OPS, new Quota(Quantities.of(Map.of("cpus", 4_000L)), Limits.NONE));
        var owner = play.framework(member(OPS));
        var guest = play.framework();
        play.agent("cpus:4;mem:1024");

        assertThat(play.offersOf(owner)).hasSize(1);
        assertThat(play.offersOf(guest))
                .noneMatch(offer -> offer.grant().resources().scalar("cpus") > 0);
    }

    @Test
    void showsNobodyWhatIsReservedForAnother() {
        share(Play.DEV);
        share(OPS);
        play.framework(member(OPS));
        var guest = play.framework();
        play.agent("cpus(ops):4;mem:1024");

        assertThat(play.offersOf(guest))
                .noneMatch(offer -> offer.grant().resources().scalar("cpus") > 0);
    }

    @Test
    void takesBackCopiesWithTheirAgent() {
        share(Play.DEV);
        play.framework();
        play.framework();
        var agent = play.agent("cpus:4;mem:1024");

        play.unplug(agent);

        assertThat(play.cluster().offers().size()).isZero();
    }

    @Test
    void startsAnewUnderAnotherLeader() {
        share(Play.DEV);
        play.framework();
        play.framework();
        play.agent("cpus:4;mem:1024");

        play.failOver();

        assertThat(play.cluster().offers().size()).isZero();
        assertThat(play.cluster().roles().sharing(Play.DEV).isOptimistic()).isTrue();
    }

    private void refuses(Offer offer) {
        var framework = offer.framework();
        play.accept(framework, List.of(offer), proposal("late", offer, "cpus:1"));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_DROPPED);
        assertThat(play.updates(framework))
                .extracting(Status::origin)
                .extracting(Status.Origin::reason)
                .containsExactly(Optional.of(StatusReason.REASON_INVALID_OFFERS));
    }

    private static Proposal.Wellformed proposal(String id, Offer offer, String resources) {
        var spec =
                new TaskSpec(
                        new TaskId(id),
                        id,
                        offer.grant().role(),
                        Resources.parse(resources),
                        Opaque.EMPTY);
        return new Proposal.Wellformed(spec, offer.agent());
    }

    private Command decline(Offer offer) {
        var caller = play.caller(offer.framework());
        return new Command.Decline(caller, List.of(offer.id()), Duration.ofMinutes(1));
    }

    private Offer copy() {
        return play.cluster().offers().all().stream()
                .filter(Offer::isCopy)
                .findFirst()
                .orElseThrow();
    }

    private Offer original() {
        return play.cluster().offers().counted().findFirst().orElseThrow();
    }

    private long counted(FrameworkId framework) {
        return play.offersOf(framework).stream().filter(offer -> !offer.isCopy()).count();
    }

    private void share(Role role) {
        var sharing = new Sharing(false, Priority.NORMAL, false, true);
        play.put(new Command.ShareAs(role, Optional.of(sharing)));
    }

    private void quota(Role role, Quota quota) {
        play.put(new Command.UpdateQuotas(new TreeMap<>(Map.of(role, quota)), true));
    }

    private static FrameworkProfile member(Role role) {
        return new FrameworkProfile(
                new FrameworkProfile.Identity("root", Optional.empty(), true),
                "a framework",
                new TreeSet<>(Set.of(role)),
                new TreeSet<>(),
                Duration.ofMinutes(1),
                Opaque.EMPTY);
    }
}
