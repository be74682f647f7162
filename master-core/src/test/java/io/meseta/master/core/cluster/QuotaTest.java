package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Decision.Accepted;
import io.meseta.master.core.role.QuotaProblem;
import io.meseta.master.core.role.QuotaProblem.LimitPassed;
import io.meseta.master.core.role.QuotaProblem.Overcommitted;
import io.meseta.master.core.role.QuotaProblem.QuotaAbsent;
import io.meseta.master.core.role.QuotaProblem.QuotaPresent;
import io.meseta.master.engine.Replay;
import io.meseta.model.Resources;
import io.meseta.model.TaskState;
import io.meseta.model.quota.Quota;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Which quotas are taken, and what they forbid.
final class QuotaTest extends RoleScene {

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
    void holdsTheQuotaOfARoleAgainstThatOfTheOneAbove() {
        play.agent("cpus:4;mem:1024");
        update(DEV, quota("cpus:1", "cpus:2"), false);

        assertThat(play.refused(new Command.UpdateQuotas(one(WEB, quota("cpus:2", "")), false)))
                .isInstanceOf(Refusal.QuotaRefused.class);
        assertThat(play.refused(new Command.UpdateQuotas(one(WEB, quota("", "cpus:3")), true)))
                .isInstanceOf(Refusal.QuotaRefused.class);
        assertThat(play.cluster().roles().quota(WEB)).isEmpty();
    }

    private static QuotaProblem problem(Decision decision) {
        var refusal = ((Decision.Refused) decision).refusal();
        return ((Refusal.QuotaRefused) refusal).problem();
    }
}
