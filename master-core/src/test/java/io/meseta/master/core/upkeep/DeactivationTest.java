package io.meseta.master.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.effect.Effect.News;
import org.junit.jupiter.api.Test;

/// Agents that are offered to nobody because somebody wants it so.
final class DeactivationTest extends UpkeepScene {

    @Test
    void offersADeactivatedAgentToNobody() {
        var framework = play.framework();
        var agent = agent();
        var offer = play.offer(framework).id();

        wish(new UpkeepWish.DeactivateAgent(agent));

        assertThat(play.told(framework)).containsExactly(new News.Rescinded(offer));
        assertThat(play.offersOf(framework)).isEmpty();
        assertThat(play.told(agent)).isEmpty();
    }

    @Test
    void offersAnAgentAgainOnceItIsReactivated() {
        var framework = play.framework();
        var agent = agent();
        wish(new UpkeepWish.DeactivateAgent(agent));

        wish(new UpkeepWish.ReactivateAgent(agent));

        assertThat(play.offersOf(framework)).hasSize(1);
    }

    @Test
    void keepsADeactivatedAgentToItselfAcrossAChangeOfLeader() {
        var framework = play.framework();
        var agent = agent();
        wish(new UpkeepWish.DeactivateAgent(agent));

        play.failOver();
        play.resubscribe(framework);
        play.greetAgain(agent, 0);

        assertThat(play.offersOf(framework)).isEmpty();
    }

    @Test
    void keepsTheTasksOfADeactivatedAgent() {
        var framework = play.framework();
        var agent = agent();
        var task = play.launch(framework, "t", "cpus:1;mem:64");

        wish(new UpkeepWish.DeactivateAgent(agent));

        assertThat(play.task(task).kill()).isEmpty();
        assertThat(play.cluster().upkeep().isDraining(agent)).isFalse();
    }

    @Test
    void deactivatesTwiceWithoutAWord() {
        var agent = agent();
        wish(new UpkeepWish.DeactivateAgent(agent));
        long before = play.committer.sequence();

        wish(new UpkeepWish.DeactivateAgent(agent));

        assertThat(play.committer.sequence()).isEqualTo(before);
    }

    @Test
    void refusesToReactivateWhatIsActive() {
        var agent = agent();

        assertThat(refusal(new UpkeepWish.ReactivateAgent(agent)))
                .isEqualTo(new UpkeepRefusal.NotDeactivated(agent));
    }
}
