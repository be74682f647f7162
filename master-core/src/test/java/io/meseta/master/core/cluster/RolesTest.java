package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Decision.Accepted;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.role.Roles;
import io.meseta.master.engine.Replay;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Weights and quotas: what may be, what becomes of offers, and what is remembered.
final class RolesTest extends RoleScene {

    @Test
    void remembersWeightsAlsoThoseThatAreAsBefore() {
        weigh(Map.of(DEV, new Weight(2), OPS, new Weight(1)));

        assertThat(play.cluster().roles().weights().keySet()).containsExactly(DEV, OPS);
        assertThat(play.cluster().roles().weight(DEV)).isEqualTo(new Weight(2));
        assertThat(Replay.of(play.journal).cluster().roles()).isEqualTo(play.cluster().roles());
    }

    @Test
    void sharesAnewWhatIsOfferedWhenTheWeightOfSomebodysRoleChanges() {
        play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        var offered = play.offer(framework);

        weigh(Map.of(DEV, new Weight(3)));

        assertThat(play.told(framework)).anyMatch(news -> news instanceof News.Rescinded);
        assertThat(play.offer(framework).id()).isNotEqualTo(offered.id());
    }

    @Test
    void leavesOffersAloneWhenNobodyIsInTheRole() {
        play.agent("cpus:4;mem:1024");
        var framework = play.framework();

        weigh(Map.of(OPS, new Weight(3)));

        assertThat(play.told(framework)).isEmpty();
    }

    @Test
    void showsWhatRolesHaveWithThoseBelowThem() {
        play.agent("cpus:2;mem:1024;cpus(dev/web):1;ports:[1-9]");
        var framework = play.framework();
        play.launch(framework, "t1", "cpus:0.5;mem:64");

        var usage = play.cluster().roleUsage();
        var dev = usage.of(DEV);

        assertThat(usage.roles()).containsExactly(DEV, WEB);
        assertThat(usage.frameworks(DEV)).containsExactly(framework);
        assertThat(usage.frameworks(WEB)).isEmpty();
        assertThat(dev.allocated()).isEqualTo(quantities("cpus:0.5;mem:64"));
        assertThat(dev.offered().toString()).isEqualTo("cpus:1.5; mem:960; ports:9");
        assertThat(dev.held()).isEqualTo(quantities("cpus:2;mem:1024"));
        assertThat(dev.reserved()).isEqualTo(quantities("cpus:1"));
        assertThat(dev.consumed()).isEqualTo(quantities("cpus:1.5;mem:64"));
        assertThat(usage.of(WEB).consumed()).isEqualTo(quantities("cpus:1"));
    }

    @Test
    void knowsRolesThatHaveBeenGivenSomethingAndThoseAbove() {
        weigh(Map.of(new Role("a/b"), new Weight(2)));
        update(OPS, Quota.NONE, false);

        assertThat(play.cluster().roleUsage().roles())
                .containsExactly(new Role("a"), new Role("a/b"), OPS);
    }

    @Test
    void remembersSoManyRolesAndNoMore() {
        var quotas = new TreeMap<Role, Quota>();
        var weights = new TreeMap<Role, Weight>();
        for (int i = 0; i < Roles.EACH_MAX; i++) {
            quotas.put(new Role("r" + i), Quota.NONE);
            weights.put(new Role("r" + i), new Weight(2));
        }

        assertThat(play.put(new Command.UpdateQuotas(quotas, false))).isInstanceOf(Accepted.class);
        assertThat(play.put(new Command.UpdateWeights(weights))).isInstanceOf(Accepted.class);

        assertThat(play.refused(new Command.UpdateQuotas(one(OPS, Quota.NONE), false)))
                .isEqualTo(new Refusal.TooMuch("roles with a quota", Roles.EACH_MAX));
        assertThat(play.refused(new Command.SetQuota(OPS, Quantities.NONE, true)))
                .isEqualTo(new Refusal.TooMuch("roles with a quota", Roles.EACH_MAX));
        assertThat(
                        play.refused(
                                new Command.UpdateWeights(
                                        new TreeMap<>(Map.of(OPS, new Weight(1))))))
                .isEqualTo(new Refusal.TooMuch("roles with a weight", Roles.EACH_MAX));
    }

    @Test
    void changesNothingForNobody() {
        play.agent("cpus:4;mem:1024");
        var framework = play.framework();

        assertThat(play.put(new Command.UpdateWeights(new TreeMap<>())))
                .isInstanceOf(Accepted.class);
        assertThat(play.put(new Command.UpdateQuotas(new TreeMap<>(), false)))
                .isInstanceOf(Accepted.class);

        assertThat(rescinded(framework)).isZero();
        assertThat(play.cluster().roles().weights()).isEmpty();
        assertThat(play.cluster().roles().quotas()).isEmpty();
    }

    @Test
    void sharesAnewWhenARoleAboveSomebodysGetsAnotherWeight() {
        play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        play.framework(profile(new Role("ops/web")));

        weigh(Map.of(QA, new Weight(3)));
        assertThat(rescinded(framework)).isZero();
        weigh(Map.of(OPS, new Weight(3)));
        assertThat(rescinded(framework)).isEqualTo(1);
    }

    @Test
    void tellsTheTasksOfOneFrameworkFromTheOffersOfAnother() {
        play.agent("cpus:2;mem:1024");
        var first = play.framework();
        play.launch(first, "t1", "cpus:2;mem:1024");
        play.agent("cpus:2;mem:1024");
        var web = play.framework(profile(OPS));

        var usage = play.cluster().roleUsage();

        assertThat(usage.of(DEV).allocated()).isEqualTo(quantities("cpus:2;mem:1024"));
        assertThat(usage.of(DEV).offered().plus(usage.of(OPS).offered()))
                .isEqualTo(quantities("cpus:2;mem:1024"));
        assertThat(usage.of(OPS).allocated().isEmpty()).isTrue();
        assertThat(usage.frameworks(OPS)).containsExactly(web);
        assertThat(usage.roles()).containsExactly(DEV, OPS);
    }

    @Test
    void namesTheRolesAboveAFrameworksOwn() {
        play.framework(profile(WEB));

        assertThat(play.cluster().roleUsage().roles()).containsExactly(DEV, WEB);
    }
}
