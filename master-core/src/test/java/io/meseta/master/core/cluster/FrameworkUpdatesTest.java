package io.meseta.master.core.cluster;

import static io.meseta.master.play.Play.DEV;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.constraint.AttributeConstraint;
import io.meseta.allocator.constraint.AttributeConstraint.Condition;
import io.meseta.allocator.constraint.AttributeConstraint.Selector;
import io.meseta.allocator.constraint.OfferConstraints;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.play.Play;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FrameworkUpdatesTest {

    private static final Role OPS = new Role("ops");

    private final Play play = new Play();
    private final FrameworkId id = play.framework();

    @Test
    void replacesAllThatAFrameworkSaysButWhoItIs() {
        var identity = new FrameworkProfile.Identity("eve", Optional.empty(), false);
        var said =
                new FrameworkProfile(
                        identity,
                        "renamed",
                        roles(OPS),
                        Set.of(FrameworkCapability.MULTI_ROLE),
                        Duration.ofHours(1),
                        Opaque.EMPTY);

        update(said, OfferWishes.ALL);

        var profile = profile();
        assertThat(profile.name()).isEqualTo("renamed");
        assertThat(profile.roles()).containsExactly(OPS);
        assertThat(profile.failoverTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(profile.identity().user()).isEqualTo("root");
        assertThat(profile.identity().checkpoint()).isTrue();
        assertThat(play.cluster().framework(id).orElseThrow().isConnected()).isTrue();
    }

    @Test
    void takesBackOffersForRolesThatAreLeftAndNoOthers() {
        play.agent("cpus:1;mem:64");
        var left = play.offer(id);

        update(said(OPS), OfferWishes.ALL);

        assertThat(play.told(id)).contains(new News.Rescinded(left.id()));
        assertThat(play.offersOf(id)).extracting(offer -> offer.grant().role()).containsOnly(OPS);
        var kept = play.offer(id);
        update(said(OPS, DEV), OfferWishes.ALL);
        assertThat(play.offersOf(id)).containsExactly(kept);
    }

    @Test
    void leavesTasksInRolesThatAreLeft() {
        play.agent("cpus:1;mem:64");
        var task = play.launch(id, "t1", "cpus:0.5;mem:32");

        update(said(OPS), OfferWishes.ALL);

        assertThat(play.task(task).spec().role()).isEqualTo(DEV);
    }

    @Test
    void offersNothingForRolesThatAreSuppressedFromNowOn() {
        update(said(DEV, OPS), suppressing(DEV));
        play.agent("cpus:1;mem:64");

        assertThat(play.offersOf(id)).extracting(offer -> offer.grant().role()).containsOnly(OPS);
    }

    @Test
    void offersAgainWhatWasRefusedInARoleThatIsNoLongerSuppressed() {
        play.agent("cpus:1;mem:64");
        decline(play.offer(id), Duration.ofHours(1));
        update(said(DEV), suppressing(DEV));
        assertThat(play.offersOf(id)).isEmpty();

        update(said(DEV), OfferWishes.ALL);

        assertThat(play.offersOf(id)).hasSize(1);
    }

    @Test
    void remembersRefusalsInRolesOfWhichNothingIsSaidAnew() {
        play.agent("cpus:1;mem:64");
        decline(play.offer(id), Duration.ofHours(1));

        update(said(DEV), OfferWishes.ALL);

        assertThat(play.offersOf(id)).isEmpty();
    }

    @Test
    void forgetsRefusalsInARoleThatWasLeftMeanwhile() {
        play.agent("cpus:1;mem:64");
        decline(play.offer(id), Duration.ofHours(1));
        update(said(OPS), suppressing(OPS));

        update(said(DEV), OfferWishes.ALL);

        assertThat(play.offersOf(id)).hasSize(1);
    }

    @Test
    void offersOnlyAgentsThatMeetTheConstraints() {
        var nowhere =
                new OfferConstraints(
                        new TreeMap<>(
                                Map.of(
                                        DEV,
                                        List.of(
                                                new OfferConstraints.Group(
                                                        List.of(
                                                                new AttributeConstraint(
                                                                        new Selector.Hostname(),
                                                                        new Condition
                                                                                .NotExists())))))),
                        Opaque.EMPTY);
        update(said(DEV), new OfferWishes(roles(), nowhere));
        play.agent("cpus:1;mem:64");
        assertThat(play.offersOf(id)).isEmpty();

        update(said(DEV), OfferWishes.ALL);

        assertThat(play.offersOf(id)).hasSize(1);
    }

    @Test
    void recordsNothingIfNothingIsNew() {
        long before = play.committer.sequence();

        update(profile(), OfferWishes.ALL);

        assertThat(play.committer.sequence()).isEqualTo(before);
    }

    @Test
    void knowsTheNewDescriptionAfterATakeover() {
        update(said(OPS), suppressing(OPS));

        play.failOver();

        assertThat(profile().roles()).containsExactly(OPS);
        play.resubscribe(id);
        play.agent("cpus:1;mem:64");
        assertThat(play.offersOf(id)).hasSize(1);
    }

    private void update(FrameworkProfile profile, OfferWishes wishes) {
        play.put(new Command.UpdateFramework(play.caller(id), profile, wishes));
    }

    private FrameworkProfile profile() {
        return play.cluster().framework(id).orElseThrow().profile();
    }

    private FrameworkProfile said(Role... roles) {
        var before = profile();
        return new FrameworkProfile(
                before.identity(),
                before.name(),
                roles(roles),
                before.capabilities(),
                before.failoverTimeout(),
                before.wire());
    }

    private void decline(Offer offer, Duration refusal) {
        decline(List.of(offer), refusal);
    }

    private void decline(List<Offer> offers, Duration refusal) {
        play.put(
                new Command.Decline(
                        play.caller(id), offers.stream().map(Offer::id).toList(), refusal));
    }

    private static OfferWishes suppressing(Role... roles) {
        return new OfferWishes(roles(roles), OfferConstraints.NONE);
    }

    private static SortedSet<Role> roles(Role... roles) {
        return new TreeSet<>(Arrays.asList(roles));
    }
}
