package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.model.Resources;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Which offers are taken back for a quota, and that no more are.
final class QuotaOffersTest extends RoleScene {

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
}
