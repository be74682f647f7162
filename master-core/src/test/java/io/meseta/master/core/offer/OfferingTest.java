package io.meseta.master.core.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.rule.Sharing;
import io.meseta.allocator.rule.Sorter;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.role.RoleChange;
import io.meseta.master.core.role.RoleEvent;
import io.meseta.master.core.role.Roles;
import io.meseta.master.core.role.SharingChanges;
import io.meseta.master.play.Play;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Offers that nobody answers, that have been lent, and that were asked for.
class OfferingTest {

    private static final Role OPS = new Role("ops");
    private static final Sharing LENDING = new Sharing(true);

    private final Play play = new Play();

    @Test
    void leavesOffersForEverWhereNothingElseIsSaid() {
        play.agent("cpus:4;mem:1024");
        var hoarder = play.framework();

        play.pass(Duration.ofDays(1));

        assertThat(play.offersOf(hoarder)).hasSize(1);
    }

    @Test
    void takesBackAnOfferThatNobodyAnswers() {
        play.lead(terms(Duration.ofSeconds(30), 1));
        play.agent("cpus:4;mem:1024");
        var hoarder = play.framework();
        var offer = play.offer(hoarder);
        assertThat(play.cluster().nextDue()).contains(play.now.plusSeconds(30));

        play.pass(Duration.ofSeconds(29));
        assertThat(play.offersOf(hoarder)).containsExactly(offer);
        play.pass(Duration.ofSeconds(1));

        assertThat(play.told(hoarder)).contains(new News.Rescinded(offer.id()));
        assertThat(play.offersOf(hoarder)).isEmpty();
        play.pass(RefusalPeriod.DEFAULT);
        assertThat(play.offersOf(hoarder)).hasSize(1);
    }

    @Test
    void givesTheOthersWhatNobodyHasAnswered() {
        play.lead(terms(Duration.ofSeconds(30), 1));
        play.agent("cpus:4;mem:1024");
        var hoarder = play.framework();
        var patient = play.framework();

        play.pass(Duration.ofSeconds(30));

        assertThat(play.offersOf(hoarder)).isEmpty();
        assertThat(play.offersOf(patient)).hasSize(1);
    }

    @Test
    void takesBackOldOffersOfLostAgentsOnce() {
        play.lead(terms(Duration.ofSeconds(30), 1));
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();

        play.loseForGood(agent);

        assertThat(play.offersOf(framework)).isEmpty();
    }

    @Test
    void leavesAPartOfTheClusterToThoseWhoAnswer() {
        play.lead(terms(Duration.ZERO, 0.5));
        var hoarder = play.framework();
        for (int i = 0; i < 4; i++) play.agent("cpus:4;mem:1024");
        assertThat(play.offersOf(hoarder)).hasSize(2);

        var late = play.framework();

        assertThat(play.offersOf(late)).hasSize(2);
        play.launch(hoarder, "t", "cpus:4;mem:1024");
        assertThat(play.offersOf(hoarder)).hasSize(1);
    }

    @Test
    void takesBackOffersOfWhatWasLent() {
        play.put(new Command.UpdateQuotas(guaranteed(), true));
        play.put(new Command.ShareAs(OPS, Optional.of(LENDING)));
        var guest = play.framework();
        for (int i = 0; i < 4; i++) play.agent("cpus:4;mem:1024");
        assertThat(play.offersOf(guest)).hasSize(4);
        assertThat(play.cluster().pool().lending().borrowed())
                .isEqualTo(Quantities.of(Map.of("cpus", 8_000L)));

        var owner = play.framework(member(OPS));

        assertThat(play.offersOf(guest)).hasSize(2);
        assertThat(play.offersOf(owner)).hasSize(2);
    }

    @Test
    void leavesWhatIsUsedOfWhatWasLent() {
        play.put(new Command.UpdateQuotas(guaranteed(), true));
        play.put(new Command.ShareAs(OPS, Optional.of(LENDING)));
        var guest = play.framework();
        play.agent("cpus:8;mem:1024");
        play.launch(guest, "t", "cpus:8;mem:1024");

        var owner = play.framework(member(OPS));

        assertThat(play.offersOf(owner)).isEmpty();
        assertThat(play.cluster().pool().lending().reclaimed())
                .isEqualTo(Quantities.of(Map.of("cpus", 8_000L)));
    }

    @Test
    void remembersHowRolesShare() {
        play.put(new Command.ShareAs(OPS, Optional.of(LENDING)));
        play.put(new Command.ShareAs(OPS, Optional.of(LENDING)));
        long said =
                play.journal.entries.stream()
                        .flatMap(entry -> entry.events().stream())
                        .filter(event -> event.toString().contains("SharingSet"))
                        .count();
        assertThat(said).isEqualTo(1);

        play.failOver();

        assertThat(play.cluster().roles().sharing(new Role("ops/web"))).isEqualTo(LENDING);
        play.put(new Command.ShareAs(OPS, Optional.empty()));
        assertThat(play.cluster().roles().sharing(OPS)).isEqualTo(Sharing.NONE);
        play.failOver();
        assertThat(play.cluster().roles().sharings()).isEmpty();
    }

    @Test
    void refusesMoreRolesThanAnyoneNeeds() {
        var full = Roles.none();
        for (int i = 0; i < Roles.EACH_MAX; i++)
            full = full.after(new RoleEvent.SharingSet(new Role("r" + i), LENDING, play.now));

        assertThat(SharingChanges.set(full, OPS, LENDING, play.now))
                .isInstanceOf(RoleChange.TooMany.class);
    }

    @Test
    void offersWhatWasAskedFor() {
        var framework = play.framework();
        play.put(new Command.Suppress(play.caller(framework), Collections.emptySortedSet()));
        var small = play.agent("cpus:2;mem:1024");
        var large = play.agent("cpus:8;mem:1024");
        assertThat(play.offersOf(framework)).isEmpty();

        play.put(needing(framework, "cpus:4"));

        assertThat(play.offersOf(framework)).extracting(Offer::agent).containsExactly(large);
        assertThat(small).isNotEqualTo(large);
        play.launch(framework, "t", "cpus:4;mem:64");
        assertThat(play.offersOf(framework)).isEmpty();
        assertThat(play.cluster().pool().wants(framework)).isEmpty();
    }

    @Test
    void passesOverWishesForRolesOfOthers() {
        var framework = play.framework();
        var wish = new Command.Wish(Optional.of(OPS), Optional.empty(), Resources.parse("cpus:1"));

        play.put(new Command.RequestResources(play.caller(framework), List.of(wish)));

        assertThat(play.cluster().pool().wants(framework)).isEmpty();
    }

    @Test
    void hearsNobodyWhoDoesNotListen() {
        var framework = play.framework();
        var request = needing(framework, "cpus:1");
        play.hangUp(framework);

        assertThat(play.refused(request)).isInstanceOf(Refusal.NotSubscribed.class);
    }

    private Command needing(FrameworkId framework, String needed) {
        var wish = new Command.Wish(Optional.empty(), Optional.empty(), Resources.parse(needed));
        return new Command.RequestResources(play.caller(framework), List.of(wish));
    }

    private static Terms terms(Duration timeout, double outstandingMax) {
        return Terms.DEFAULT.offering(new OfferTerms(Sorter.DRF, timeout, outstandingMax));
    }

    private static SortedMap<Role, Quota> guaranteed() {
        var quota = new Quota(Quantities.of(Map.of("cpus", 8_000L)), Limits.NONE);
        return new TreeMap<>(Map.of(OPS, quota));
    }

    private static FrameworkProfile member(Role role) {
        return new FrameworkProfile(
                new FrameworkProfile.Identity("root", Optional.empty(), true),
                "a framework",
                new TreeSet<>(Arrays.asList(role)),
                new TreeSet<>(),
                Duration.ofMinutes(1),
                Opaque.EMPTY);
    }
}
