package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Decision.Accepted;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.role.QuotaProblem;
import io.meseta.master.core.role.QuotaProblem.LimitPassed;
import io.meseta.master.core.role.QuotaProblem.Overcommitted;
import io.meseta.master.core.role.QuotaProblem.QuotaAbsent;
import io.meseta.master.core.role.QuotaProblem.QuotaPresent;
import io.meseta.master.core.role.Roles;
import io.meseta.master.engine.Replay;
import io.meseta.master.play.Play;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.TaskState;
import io.meseta.model.Weight;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Weights and quotas: what may be, what becomes of offers, and what is remembered.
class RolesTest {

    private static final Role DEV = Play.DEV;
    private static final Role OPS = new Role("ops");
    private static final Role QA = new Role("qa");
    private static final Role WEB = new Role("dev/web");

    private final Play play = new Play();

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
    void takesAQuotaThatCanBeKept() {
        play.agent("cpus:4;mem:1024");

        assertThat(update(DEV, quota("cpus:2", "cpus:3"), false)).isInstanceOf(Accepted.class);

        assertThat(play.cluster().roles().quota(DEV)).contains(quota("cpus:2", "cpus:3"));
        assertThat(Replay.of(play.journal).cluster().roles()).isEqualTo(play.cluster().roles());
    }

    @Test
    void promisesNoMoreThanThereIsUnlessForced() {
        play.agent("cpus:4;mem:1024");

        assertThat(problem(update(DEV, quota("cpus:5", ""), false)))
                .isEqualTo(new Overcommitted(quantities("cpus:5"), quantities("cpus:4;mem:1024")));
        assertThat(play.cluster().roles().quota(DEV)).isEmpty();
        assertThat(update(DEV, quota("cpus:5", ""), true)).isInstanceOf(Accepted.class);
    }

    @Test
    void countsAlsoWhatAnAgentHasThatIsAwayForAMoment() {
        var agent = play.agent("cpus:4;mem:1024");
        play.unplug(agent);

        assertThat(update(DEV, quota("cpus:4", ""), false)).isInstanceOf(Accepted.class);
    }

    @Test
    void forbidsNothingThatIsConsumedUnlessForced() {
        play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        play.launch(framework, "t1", "cpus:2;mem:64");

        assertThat(problem(update(DEV, quota("", "cpus:1"), false)))
                .isEqualTo(
                        new LimitPassed(
                                DEV, quantities("cpus:2;mem:64"), quota("", "cpus:1").limits()));
        assertThat(update(DEV, quota("", "cpus:1"), true)).isInstanceOf(Accepted.class);
    }

    @Test
    void changesAllOfSeveralQuotasOrNone() {
        play.agent("cpus:4;mem:1024");
        var both = new TreeMap<>(Map.of(DEV, quota("cpus:1", ""), OPS, quota("cpus:9", "")));

        assertThat(play.refused(new Command.UpdateQuotas(both, false)))
                .isInstanceOf(Refusal.QuotaRefused.class);
        assertThat(play.cluster().roles().quotas()).isEmpty();
    }

    @Test
    void remembersARoleWhoseQuotaForbidsAndPromisesNothingAnyMore() {
        update(DEV, quota("", "cpus:1"), false);
        update(DEV, Quota.NONE, false);

        assertThat(play.cluster().roles().quota(DEV)).contains(Quota.NONE);
        assertThat(problem(play.put(new Command.SetQuota(DEV, quantities("cpus:1"), true))))
                .isEqualTo(new QuotaPresent(DEV));
    }

    @Test
    void setsAGuaranteeThatIsTheLimitToo() {
        play.agent("cpus:4;mem:1024");

        play.put(new Command.SetQuota(DEV, quantities("cpus:2"), false));

        assertThat(play.cluster().roles().quota(DEV)).contains(quota("cpus:2", "cpus:2"));
        assertThat(problem(play.put(new Command.SetQuota(OPS, quantities("cpus:3"), false))))
                .isEqualTo(new Overcommitted(quantities("cpus:5"), quantities("cpus:4;mem:1024")));
    }

    @Test
    void forgetsARemovedQuota() {
        play.put(new Command.SetQuota(DEV, quantities("cpus:2"), true));

        assertThat(play.put(new Command.RemoveQuota(DEV))).isInstanceOf(Accepted.class);

        assertThat(play.cluster().roles().quotas()).isEmpty();
        assertThat(problem(play.put(new Command.RemoveQuota(DEV)))).isEqualTo(new QuotaAbsent(DEV));
    }

    @Test
    void removesNoQuotaThatThoseBelowNeed() {
        play.put(
                new Command.UpdateQuotas(
                        new TreeMap<>(Map.of(DEV, quota("cpus:2", ""), WEB, quota("cpus:1", ""))),
                        true));

        assertThat(problem(play.put(new Command.RemoveQuota(DEV))))
                .isInstanceOf(QuotaProblem.GuaranteesPassed.class);
    }

    @Test
    void takesBackWhatIsOfferedBeyondANewLimit() {
        play.agent("cpus:4;mem:1024");
        var framework = play.framework();

        update(DEV, quota("", "cpus:1"), false);

        assertThat(play.told(framework)).anyMatch(news -> news instanceof News.Rescinded);
        assertThat(play.offer(framework).grant().resources())
                .isEqualTo(Resources.parse("cpus:1;mem:1024"));
    }

    @Test
    void takesBackWhatOthersAreOfferedOfANewGuarantee() {
        play.agent("cpus:4;mem:1024");
        var framework = play.framework();

        update(OPS, quota("cpus:3", ""), false);

        assertThat(play.offer(framework).grant().resources())
                .isEqualTo(Resources.parse("cpus:1;mem:1024"));
    }

    @Test
    void takesBackAnAgentForEachFrameworkOfTheRoleThatGetsAQuota() {
        play.agent("cpus:1;mem:1024");
        play.agent("cpus:1;mem:1024");
        play.agent("cpus:1;mem:1024");
        var greedy = play.framework();
        for (int i = 0; i < 2; i++) play.framework(profile(OPS));
        assertThat(play.offersOf(greedy)).hasSize(3);

        play.put(new Command.SetQuota(OPS, quantities("cpus:1"), false));

        assertThat(play.told(greedy).stream().filter(News.Rescinded.class::isInstance)).hasSize(2);
    }

    @Test
    void keepsWhatRunsWhenALimitIsLowered() {
        play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        var task = play.launch(framework, "t1", "cpus:3;mem:64");
        play.report(task, TaskState.TASK_RUNNING, 1);

        update(DEV, quota("", "cpus:1;mem:512"), true);

        assertThat(play.task(task).state()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(play.offersOf(framework))
                .allMatch(offer -> offer.grant().resources().scalar("cpus") == 0);
    }

    @Test
    void offersNothingBeyondTheLimitAfterAChangeOfLeader() {
        update(DEV, quota("", "cpus:1"), false);
        var agent = play.agent("cpus:4;mem:1024");
        var framework = play.framework();
        play.failOver();
        play.greetAgain(agent, 0);
        play.resubscribe(framework);

        assertThat(play.offer(framework).grant().resources())
                .isEqualTo(Resources.parse("cpus:1;mem:1024"));
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
    void takesBackNoMoreThanALimitForbids() {
        play.agent("cpus:2;mem:1024");
        play.agent("cpus:2;mem:1024");
        var framework = play.framework();
        assertThat(play.offersOf(framework)).hasSize(2);

        update(DEV, quota("", "cpus:4"), false);
        assertThat(rescinded(framework)).isZero();
        update(DEV, quota("", "cpus:2"), false);
        assertThat(rescinded(framework)).isEqualTo(1);
    }

    @Test
    void takesBackNoMoreOfOthersThanIsPromised() {
        play.agent("cpus:2;mem:1024");
        play.agent("cpus:2;mem:1024");
        var framework = play.framework();

        update(OPS, quota("cpus:2", ""), false);

        assertThat(rescinded(framework)).isEqualTo(1);
    }

    @Test
    void countsNoOfferForTwoPromises() {
        play.agent("cpus:2;mem:1024");
        play.agent("cpus:2;mem:1024");
        var framework = play.framework();
        var both = new TreeMap<>(Map.of(OPS, quota("cpus:1", ""), QA, quota("cpus:1", "")));

        play.put(new Command.UpdateQuotas(both, false));

        assertThat(rescinded(framework)).isEqualTo(2);
    }

    @Test
    void holdsTheQuotaOfARoleAgainstThatOfTheOneAbove() {
        play.agent("cpus:4;mem:1024");
        update(DEV, quota("cpus:1", "cpus:2"), false);

        assertThat(play.refused(new Command.UpdateQuotas(one(WEB, quota("cpus:2", "")), false)))
                .isInstanceOf(Refusal.QuotaRefused.class);
        assertThat(play.refused(new Command.UpdateQuotas(one(WEB, quota("", "cpus:3")), true)))
                .isInstanceOf(Refusal.QuotaRefused.class);
        assertThat(play.cluster().roles().quota(WEB)).isEmpty();
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

    private long rescinded(FrameworkId framework) {
        return play.told(framework).stream().filter(News.Rescinded.class::isInstance).count();
    }

    private static SortedMap<Role, Quota> one(Role role, Quota quota) {
        return new TreeMap<>(Map.of(role, quota));
    }

    private void weigh(Map<Role, Weight> weights) {
        play.put(new Command.UpdateWeights(new TreeMap<>(weights)));
    }

    private Decision update(Role role, Quota quota, boolean isForced) {
        return play.put(new Command.UpdateQuotas(new TreeMap<>(Map.of(role, quota)), isForced));
    }

    private static QuotaProblem problem(Decision decision) {
        var refusal = ((Decision.Refused) decision).refusal();
        return ((Refusal.QuotaRefused) refusal).problem();
    }

    private static FrameworkProfile profile(Role role) {
        return new FrameworkProfile(
                new FrameworkProfile.Identity("root", Optional.empty(), true),
                "another",
                new TreeSet<>(Set.of(role)),
                Set.of(FrameworkCapability.PARTITION_AWARE),
                Duration.ofMinutes(1),
                Opaque.EMPTY);
    }

    private static Quota quota(String guarantees, String limits) {
        var most = new TreeMap<String, Long>();
        for (var part : limits.split(";", -1)) {
            if (part.isEmpty()) continue;
            var at = part.indexOf(':');
            var amount = Double.parseDouble(part.substring(at + 1));
            most.put(part.substring(0, at), Scalar.ofWire(amount).thousandths());
        }
        return new Quota(quantities(guarantees), new Limits(most));
    }

    private static Quantities quantities(String amounts) {
        return Quantities.of(Resources.parse(amounts));
    }
}
